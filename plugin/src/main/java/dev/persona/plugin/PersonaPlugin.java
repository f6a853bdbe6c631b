package dev.persona.plugin;

import org.elasticsearch.plugins.Plugin;

/** The Persona plugin. */
public final class PersonaPlugin extends Plugin {
    /** Called by Elasticsearch. */
    public PersonaPlugin() {}
}
