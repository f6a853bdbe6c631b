package dev.persona.profiling.profile;

public class E {
    private E() {}
}
