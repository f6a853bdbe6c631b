package dev.persona.profiling.event;

public class E {
    private E() {}
}
