/** Elasticsearch around profiling and ranking. */
module dev.persona.plugin {
    requires dev.persona.profiling;
    requires dev.persona.ranking;
    requires org.apache.lucene.core;
    requires org.elasticsearch.base;
    requires transitive org.elasticsearch.server;
    requires org.elasticsearch.xcontent;

    // Elasticsearch makes the plugin by reflection.
    exports dev.persona.plugin;
}
