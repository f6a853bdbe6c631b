package dev.persona.demo.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.persona.demo.display.TextTable.Column;

import org.junit.jupiter.api.Test;

import java.util.List;

class TextTableTest {

    @Test
    void cellsAreAlignedAndCutToTheirColumns() {
        TextTable table = new TextTable(List.of(Column.text("name", 6), Column.number("n", 4)));
        table.row("ab", "7");
        table.row("abcdefgh", "123456");
        assertEquals(
                List.of("name      n", "-----------", "ab        7", "abcde… 123…"), table.lines());
    }

    @Test
    void noLineIsWiderThanTheColumns() {
        TextTable table = new TextTable(List.of(Column.text("a", 10), Column.text("b", 5)));
        table.row("x".repeat(100), "y".repeat(100));
        assertEquals(16, table.width());
        table.lines().forEach(line -> assertEquals(true, line.length() <= 16, line));
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        TextTable table = new TextTable(List.of(Column.text("a", 3)));
        assertThrows(IllegalArgumentException.class, () -> table.row("1", "2"));
    }
}
