package dev.persona.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class EvaluateCommandTest {

    @TempDir Path folder;

    private String refusal(String... options) throws IOException {
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "user,item,time\n");
        List<String> arguments = new ArrayList<>(List.of("recommend", "--data", data.toString()));
        arguments.addAll(List.of(options));
        return assertThrows(UsageException.class, () -> EvaluateCommand.run(arguments))
                .getMessage();
    }

    @Test
    void withoutANameTheEvaluationsAreListed() {
        assertEquals(Command.DONE, EvaluateCommand.run(List.of()));
        assertTrue(EvaluateCommand.help().contains("\nrecommend "));
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearest() {
        UsageException e =
                assertThrows(UsageException.class, () -> EvaluateCommand.run(List.of("recomend")));
        assertEquals(
                "there is no evaluation [recomend], did you mean [recommend]? Known: [recommend]",
                e.getMessage());
    }

    @Test
    void whatCannotBeMeasuredIsRefusedBeforeAnythingStarts() throws IOException {
        assertEquals(
                "--cut takes a day such as 2011-11-01, was [november]",
                refusal("--cut", "november"));
        assertTrue(refusal("--tuning-cut", "2011-11-01").startsWith("--tuning-cut must be before"));
        assertEquals("--clients must be between 1 and 4, was 5", refusal("--clients", "5"));
        assertTrue(refusal("--half-life", "soon").startsWith("--half-life takes days"));
        assertTrue(refusal("--data", "nowhere.csv").contains("there is no file"));
    }

    @Test
    void columnsAreNamedAllOrNone() throws IOException {
        assertEquals(
                "--item-column is needed, too: where columns are named, --user-column,"
                        + " --item-column, --time-column are",
                refusal("--user-column", "user", "--cut", "2011-11-01"));
        assertTrue(
                refusal(
                                "--user-column=user",
                                "--item-column=item",
                                "--time-column=time",
                                "--cut=2011-11-01",
                                "--time-format=nonsense")
                        .startsWith("--time-format takes a pattern"));
        assertEquals(
                "--cut is needed for a file of one's own: a day within it",
                refusal("--user-column=user", "--item-column=item", "--time-column=time"));
    }

    @Test
    void aFileOfAnotherKindFailsWithoutStartingANode() throws IOException {
        Path data = folder.resolve("other.csv");
        Files.writeString(data, "user,item,time\n");
        assertEquals(
                Command.FAILED,
                EvaluateCommand.run(List.of("recommend", "--data", data.toString())));
    }
}
