/** Elasticsearch around profiling and ranking: REST, transport actions, rescorer, storage, jobs. */
module dev.persona.plugin {
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.smile;
    requires dev.persona.profiling;
    requires dev.persona.ranking;
    requires org.apache.logging.log4j;
    requires org.apache.lucene.core;
    requires org.elasticsearch.base;
    requires transitive org.elasticsearch.server;
    requires org.elasticsearch.xcontent;

    // Elasticsearch makes the plugin, and by injection its actions.
    exports dev.persona.plugin;

    opens dev.persona.plugin.catalog to
            org.elasticsearch.server;
    opens dev.persona.plugin.consent to
            org.elasticsearch.server;
    opens dev.persona.plugin.follower to
            org.elasticsearch.server;
    opens dev.persona.plugin.identity to
            org.elasticsearch.server;
    opens dev.persona.plugin.privacy to
            org.elasticsearch.server;
    opens dev.persona.plugin.recommend to
            org.elasticsearch.server;
    opens dev.persona.plugin.rebuild to
            org.elasticsearch.server;
    opens dev.persona.plugin.event to
            org.elasticsearch.server;
    opens dev.persona.plugin.factorization to
            org.elasticsearch.server;
    opens dev.persona.plugin.generation to
            org.elasticsearch.server;
    opens dev.persona.plugin.info to
            org.elasticsearch.server;
    opens dev.persona.plugin.model to
            org.elasticsearch.server;
    opens dev.persona.plugin.profile to
            org.elasticsearch.server;
    opens dev.persona.plugin.segment to
            org.elasticsearch.server;
    opens dev.persona.plugin.segmentation to
            org.elasticsearch.server;
    opens dev.persona.plugin.signal to
            org.elasticsearch.server;
    opens dev.persona.plugin.tag to
            org.elasticsearch.server;
}
