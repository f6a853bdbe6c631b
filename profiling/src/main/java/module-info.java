/** Events to profiles to factors. Pure Java: knows no Elasticsearch. */
@SuppressWarnings("requires-automatic")
module dev.persona.profiling {
    requires transitive com.fasterxml.jackson.databind;
    requires hipparchus.clustering;
    requires hipparchus.core;
    requires jblas;

    exports dev.persona.profiling.cooccurrence;
    exports dev.persona.profiling.coldstart;
    exports dev.persona.profiling.event;
    exports dev.persona.profiling.factorization;
    exports dev.persona.profiling.json;
    exports dev.persona.profiling.profile;
    exports dev.persona.profiling.segment;
    exports dev.persona.profiling.tag;
}
