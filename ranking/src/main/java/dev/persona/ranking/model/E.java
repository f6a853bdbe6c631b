package dev.persona.ranking.model;

public class E {
    private E() {}
}
