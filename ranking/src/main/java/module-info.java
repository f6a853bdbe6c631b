/** Profile and item to features to score. Pure Java: knows no Elasticsearch. */
@SuppressWarnings("requires-automatic")
module dev.persona.ranking {
    requires transitive com.fasterxml.jackson.databind;
    requires transitive dev.persona.profiling;
    requires lightgbm4j;
    requires org.slf4j;

    exports dev.persona.ranking.feature;
    exports dev.persona.ranking.metric;
    exports dev.persona.ranking.model;
    exports dev.persona.ranking.recommend;
    exports dev.persona.ranking.signal;
    exports dev.persona.ranking.training;
}
