package dev.persona.profiling.coldstart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.util.List;

class TitleWordsTest {
    @Test
    void wordsAreRunsOfLettersAndDigitsInLowerCase() {
        assertEquals(
                List.of("set", "2", "t", "light", "holders", "xl", "10cm"),
                TitleWords.of("  SET/2 T-Light   Holders, (XL) 10cm!"));
        assertEquals(List.of(), TitleWords.of(""));
        assertEquals(List.of(), TitleWords.of(" - / ... "));
    }

    @Test
    void aLetterIsTheSameHoweverItIsWritten() {
        assertEquals(TitleWords.of("caf\u00e9"), TitleWords.of("CAFE\u0301"));
        assertEquals(TitleWords.of("led 5"), TitleWords.of("\uff2c\uff25\uff24 \uff15"));
    }

    @Test
    void marksStayWithTheirLetters() {
        assertEquals(
                List.of("\u0939\u093f\u0928\u094d\u0926\u0940"),
                TitleWords.of("\u0939\u093f\u0928\u094d\u0926\u0940"));
    }

    @Test
    void anIdeographIsAWordOfItsOwn() {
        assertEquals(List.of("a4", "\u7d19", "\u888b", "x"), TitleWords.of("A4\u7d19\u888bx"));
        // One beyond the characters that fit into a Java char.
        assertEquals(List.of("\ud842\udfb7", "b"), TitleWords.of("\ud842\udfb7b"));
    }
}
