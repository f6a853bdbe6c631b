package dev.persona.profiling.event;

import dev.persona.profiling.json.InvalidFieldException;
import dev.persona.profiling.json.JsonFields;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The free keys of an event, and the keys that are not free: those of IP addresses. */
final class EventContext {
    /** How many keys one event may have. */
    static final int MOST_KEYS = 50;

    /** Names of what holds an IP address, in lower case and without what separates words. */
    private static final Set<String> IP_ADDRESSES =
            Set.of(
                    "ip",
                    "ipaddress",
                    "clientip",
                    "clientipaddress",
                    "userip",
                    "remoteip",
                    "remoteaddr",
                    "remoteaddress",
                    "xforwardedfor");

    private EventContext() {}

    /** Whether a field of that name holds an IP address, such as client_ip, clientIp or IP. */
    static boolean isIpAddress(String name) {
        // Longer than the longest of them with a separator after each letter.
        if (name.length() > 40) {
            return false;
        }
        StringBuilder letters = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                letters.append(c);
            }
        }
        return IP_ADDRESSES.contains(letters.toString().toLowerCase(Locale.ROOT));
    }

    /**
     * Refuses names of IP addresses, which are never kept.
     *
     * @param path what stands before the names in a message
     */
    static void refuseIpAddresses(String path, Collection<String> names) {
        for (String name : names) {
            if (isIpAddress(name)) {
                throw new InvalidFieldException(
                        path + name, "is an IP address, which is never kept: leave it out");
            }
        }
    }

    /**
     * Reads an object of texts, finite numbers and booleans.
     *
     * @return in the order of the keys, so that the order in which they were sent tells no two
     *     events apart
     */
    static Map<String, Object> read(JsonFields fields, String name) {
        int keys = fields.any(name).map(node -> node.size()).orElse(0);
        if (keys > MOST_KEYS) {
            throw new InvalidFieldException(
                    name, "must have at most " + MOST_KEYS + " keys, was " + keys);
        }
        return new TreeMap<>(fields.scalars(name));
    }
}
