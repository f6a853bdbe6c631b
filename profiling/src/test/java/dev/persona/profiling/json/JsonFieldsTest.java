package dev.persona.profiling.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

class JsonFieldsTest {
    /** Single quotes stand for double ones. */
    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonFields fields(String text) {
        return JsonFields.of(json(text), "thing");
    }

    private static void assertRefused(String message, Executable reading) {
        assertEquals(message, assertThrows(InvalidFieldException.class, reading).getMessage());
    }

    @Test
    void eachKindIsReadAsWritten() {
        JsonFields fields =
                fields(
                        "{'s':'a','id':7,'d':-2.5,'i':3,'ss':['b',4],'fs':[1,2.5],"
                                + "'ns':{'z':1,'a':2.5},'o':{'x':'y'},'any':[true]}");
        assertEquals("a", fields.requiredString("s"));
        assertEquals(Optional.of("7"), fields.string("id"));
        assertEquals(OptionalDouble.of(-2.5), fields.number("d"));
        assertEquals(OptionalInt.of(3), fields.integer("i", 3, 3));
        assertEquals(List.of("b", "4"), fields.strings("ss"));
        assertArrayEquals(new float[] {1, 2.5f}, fields.floats("fs"));
        assertEquals(Map.of("z", 1.0, "a", 2.5), fields.numbers("ns"));
        assertEquals(List.of("z", "a"), List.copyOf(fields.numbers("ns").keySet()));
        assertEquals("y", fields.object("o").orElseThrow().requiredString("x"));
        assertEquals(json("[true]"), fields.any("any").orElseThrow());
        fields.refuseUnknown();
    }

    @Test
    void whatIsNullIsAbsent() {
        for (JsonFields fields : List.of(fields("{}"), fields("{'x':null}"))) {
            assertEquals(Optional.empty(), fields.string("x"));
            assertEquals(OptionalDouble.empty(), fields.number("x"));
            assertEquals(OptionalInt.empty(), fields.integer("x", 0, 1));
            assertEquals(List.of(), fields.strings("x"));
            assertEquals(0, fields.floats("x").length);
            assertEquals(Map.of(), fields.numbers("x"));
            assertTrue(fields.object("x").isEmpty());
            assertTrue(fields.any("x").isEmpty());
            assertRefused("[x] is required", () -> fields.requiredString("x"));
        }
    }

    @Test
    void aWrongKindIsRefusedWithWhatWouldBeRight() {
        JsonFields fields = fields("{'x':true,'n':1.5,'list':[1,'',true]}");
        assertRefused("[x] must be a string, was true", () -> fields.string("x"));
        assertRefused("[n] must be a string, was 1.5", () -> fields.string("n"));
        assertRefused("[x] must be a number, was true", () -> fields.number("x"));
        assertRefused("[n] must be a whole number, was 1.5", () -> fields.integer("n", 0, 9));
        assertRefused("[x] must be an array, was true", () -> fields.strings("x"));
        assertRefused("[x] must be an array, was true", () -> fields.floats("x"));
        assertRefused("[list] must be a number, was \"\"", () -> fields.floats("list"));
        assertRefused("[list] must not hold an empty string", () -> fields.strings("list"));
        assertRefused("[x] must be an object of numbers, was true", () -> fields.numbers("x"));
        assertRefused("[x] must be an object, was true", () -> fields.object("x"));
        assertRefused("[thing] must be a JSON object, was [1]", () -> fields("[1]"));
    }

    @Test
    void aWholeNumberOutOfBoundsIsRefused() {
        JsonFields fields = fields("{'i':10,'long':4294967297,'big':99999999999999999999}");
        assertRefused("[i] must be from 1 to 9, was 10", () -> fields.integer("i", 1, 9));
        assertRefused("[i] must be from 11 to 12, was 10", () -> fields.integer("i", 11, 12));
        assertRefused(
                "[long] must be from 1 to 9, was 4294967297", () -> fields.integer("long", 1, 9));
        assertRefused(
                "[big] must be from 1 to 9, was 99999999999999999999",
                () -> fields.integer("big", 1, 9));
    }

    @Test
    void aNestedFieldIsNamedInFull() {
        JsonFields outer = fields("{'o':{'x':true,'m':{'a':'b'},'prise':1}}");
        JsonFields inner = outer.object("o").orElseThrow();
        assertRefused("[o.x] must be a string, was true", () -> inner.string("x"));
        assertRefused("[o.y] is required", () -> inner.requiredString("y"));
        assertRefused("[o.m.a] must be a number, was \"b\"", () -> inner.numbers("m"));
        inner.number("price");
        assertRefused("[o.prise] is not known, did you mean [o.price]?", inner::refuseUnknown);
    }

    @Test
    void aFieldNobodyAskedForIsRefusedEvenWhenNull() {
        JsonFields fields = fields("{'a':1,'weather':null}");
        fields.number("a");
        fields.number("b");
        assertRefused("[weather] is not known, known are [a, b]", fields::refuseUnknown);
    }

    @Test
    void ofALongValueTheMessageShowsTheBeginning() {
        String text = "y".repeat(1000);
        JsonFields fields = fields("{'x':'" + text + "'}");
        assertRefused(
                "[x] must be a number, was \"" + "y".repeat(59) + "...", () -> fields.number("x"));
        assertEquals("z".repeat(60), JsonFields.shorten("z".repeat(60)));
    }

    @Test
    void scalarsAreTextsNumbersAndBooleansInTheOrderWritten() {
        JsonFields fields =
                fields("{'o':{'z':'','n':7,'a':2.5,'b':true,'x':null,'big':99999999999999999999}}");
        Map<String, Object> scalars = fields.scalars("o");
        assertEquals(List.of("z", "n", "a", "b", "big"), List.copyOf(scalars.keySet()));
        assertEquals(List.of("", 7L, 2.5, true, 1e20), List.copyOf(scalars.values()));
        assertEquals(Map.of(), fields.scalars("none"));
        assertRefused("[o.a] must be finite, was 1e400", "o", "{'o':{'a':1e400}}");
        assertRefused(
                "[o.a] must be a string, a number or a boolean, was []", "o", "{'o':{'a':[]}}");
        assertRefused("[o] must be an object, was 3", "o", "{'o':3}");
    }

    private static void assertRefused(String message, String name, String json) {
        InvalidFieldException e =
                assertThrows(InvalidFieldException.class, () -> fields(json).scalars(name));
        // However the number is printed.
        assertEquals(message.toLowerCase(Locale.ROOT), lower(e.getMessage()));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT).replace("infinity", "1e400").replace("\"", "");
    }

    @Test
    void aLongTextIsShortenedBetweenCharacters() {
        String face = "\ud83d\ude00";
        assertEquals("x".repeat(60), JsonFields.shorten("x".repeat(60)));
        assertEquals("x".repeat(60) + "...", JsonFields.shorten("x".repeat(61)));
        assertEquals("x".repeat(59) + "...", JsonFields.shorten("x".repeat(59) + face));
        assertEquals(
                "x".repeat(58) + face + "...", JsonFields.shorten("x".repeat(58) + face + "y"));
    }
}
