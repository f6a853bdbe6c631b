package dev.persona.plugin.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.persona.plugin.consent.Blocks;
import dev.persona.plugin.json.JsonResponse;
import dev.persona.profiling.event.Event;
import dev.persona.profiling.event.EventBatch;

import org.elasticsearch.rest.RestStatus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What becomes of the events of one call, in their order. An event is open until something has been
 * said of it. Changed by one step after the other, never by two at once.
 */
final class EventOutcomes {
    private final List<Outcome> outcomes = new ArrayList<>();

    EventOutcomes(List<EventBatch.Received> batch) {
        for (EventBatch.Received received : batch) {
            outcomes.add(
                    switch (received) {
                        case EventBatch.Accepted accepted -> new Outcome(accepted.event());
                        case EventBatch.Refused refused -> new Outcome(refused);
                    });
        }
    }

    private static final class Outcome {
        private final Optional<String> id;
        private Optional<Event> event;
        private Optional<EventResult> result = Optional.empty();
        private RestStatus status = RestStatus.OK;
        private String reason = "";
        private String field = "";

        Outcome(Event event) {
            this.id = Optional.of(event.id());
            this.event = Optional.of(event);
        }

        Outcome(EventBatch.Refused refused) {
            this.id = refused.id();
            this.event = Optional.empty();
            fail(RestStatus.BAD_REQUEST, refused.reason());
            this.field = refused.field();
        }

        void end(EventResult said) {
            result = Optional.of(said);
            status = said.status();
        }

        void fail(RestStatus with, String why) {
            result = Optional.of(EventResult.ERROR);
            status = with;
            reason = why;
        }

        void write(ObjectNode json) {
            id.ifPresent(text -> json.put("event_id", text));
            json.put("status", status.getStatus());
            json.put("result", result.orElseThrow().id());
            if (!reason.isEmpty()) {
                ObjectNode error = json.putObject("error");
                error.put("reason", reason);
                if (!field.isEmpty()) {
                    error.put("field", field);
                }
            }
        }
    }

    /** Events of which nothing has been said yet. */
    List<Event> open() {
        return outcomes.stream()
                .filter(outcome -> outcome.result.isEmpty())
                .map(outcome -> outcome.event.orElseThrow())
                .toList();
    }

    /** Events that are stored, by this call or before. */
    List<Event> stored() {
        return outcomes.stream()
                .filter(
                        outcome ->
                                outcome.status == RestStatus.CREATED
                                        || outcome.result.equals(
                                                Optional.of(EventResult.DUPLICATE)))
                .map(outcome -> outcome.event.orElseThrow())
                .toList();
    }

    /** Refuses the open events of some users. */
    void refuse(Map<String, Blocks.Reason> reasons) {
        for (Outcome outcome : outcomes) {
            if (outcome.result.isEmpty()) {
                Blocks.Reason reason = reasons.get(outcome.event.orElseThrow().user());
                if (reason != null) {
                    outcome.end(
                            switch (reason) {
                                case OPTED_OUT -> EventResult.OPTED_OUT;
                                case ERASED -> EventResult.ERASED;
                            });
                }
            }
        }
    }

    /** Joins the open events with what is known of their items. */
    void join(ItemFactsReader.Found found) {
        for (Outcome outcome : outcomes) {
            if (outcome.result.isEmpty()) {
                Event event = outcome.event.orElseThrow();
                Optional<String> item = event.item();
                if (item.isPresent() && found.isUnreadable(item.get())) {
                    // Without its facts it would be in the profile for ever as if there were none.
                    outcome.fail(
                            RestStatus.SERVICE_UNAVAILABLE,
                            "the item cannot be read now, send the event again");
                } else if (item.isPresent()) {
                    outcome.event = Optional.of(event.withFacts(found.of(item.get())));
                }
            }
        }
    }

    /**
     * Says something of the first open event, of the next, and so on.
     *
     * @param said one for each open event, in order
     */
    void end(List<Said> said) {
        int next = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.result.isEmpty()) {
                Said now = said.get(next++);
                if (now.result == EventResult.ERROR) {
                    outcome.fail(now.status, now.reason);
                } else {
                    outcome.end(now.result);
                }
            }
        }
    }

    /**
     * What is said of an event.
     *
     * @param status of an error
     * @param reason of an error
     */
    record Said(EventResult result, RestStatus status, String reason) {
        static Said of(EventResult result) {
            return new Said(result, result.status(), "");
        }

        static Said error(RestStatus status, String reason) {
            return new Said(EventResult.ERROR, status, reason);
        }
    }

    /** Gives the result of each event. */
    void count(Consumer<EventResult> each) {
        outcomes.forEach(outcome -> each.accept(outcome.result.orElseThrow()));
    }

    /**
     * The answer to the call.
     *
     * @param took in milliseconds
     * @param applied whether what was asked to be in the profiles is there
     */
    JsonResponse answer(long took, boolean applied) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("took", took);
        json.put(
                "errors",
                outcomes.stream()
                        .anyMatch(
                                outcome ->
                                        outcome.status.getStatus()
                                                >= RestStatus.BAD_REQUEST.getStatus()));
        if (!applied) {
            json.put("timed_out", true);
        }
        ArrayNode items = json.putArray("items");
        outcomes.forEach(outcome -> outcome.write(items.addObject()));
        return new JsonResponse(json);
    }
}
