package dev.persona.demo.progress;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether a person watches the output. */
public final class Terminal {

    private Terminal() {}

    /** Whether standard output is a terminal, where a line can be written over. */
    public static boolean present() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Since JDK 22 there may be a console without a terminal; 21 lacks the question.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
