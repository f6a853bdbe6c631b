package dev.persona.ranking.feature;

public class E {
    private E() {}
}
