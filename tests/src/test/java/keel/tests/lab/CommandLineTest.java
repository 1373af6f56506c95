package keel.tests.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import keel.bench.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the command line says to what is wrong: one line that names it and the way out, and an exit code.
class CommandLineTest {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private record Said(int code, String out, String err) {}

    private static Said keel(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private static void assertOneLine(int code, Said said) {
        assertEquals(code, said.code, said::toString);
        assertEquals(1, said.err.lines().count(), said.err);
        assertTrue(said.err.startsWith("keel"), said.err);
        assertEquals("", said.out);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lab nonsense               | there is no experiment \"nonsense\"; there are sigmoid, ",
        "lab relu-hee               | did you mean relu-he?",
        "lab modern Modren          | did you mean modern?",
        "lab --depth three          | '--depth': 'three' is not an int; see keel lab --help",
        "lab --depth 3              | --depth: 3 is out of range; give 4 to ",
        "lab --depth -20            | --depth: -20 is out of range",
        "lab --width 0              | --width: 0 is out of range",
        "lab --width 99999999999    | is not an int",
        "lab --steps 0              | --steps: 0 is out of range",
        "lab --batch 1              | --batch: 1 is out of range",
        "lab --batch 2000           | --batch: 2000 is out of range; there are 1442 digits",
        "lab --threads 0            | --threads: 0 is out of range; give 1 to ",
        "lab --seed tomorrow        | '--seed': 'tomorrow' is not a long",
        "lab --dept 5               | Unknown option: '--dept'; did you mean --depth",
        "lab --out                  | Missing required parameter for option '--out'",
        "lab --depth 4096 --width 4096 --threads 8 | GiB",
        "bench --sizes 0            | --sizes: 0 is not in 1 … 8192",
        "bench --sizes 64,x         | 'x' is neither one extent nor three",
        "bench --threads 0          | --threads: 0 is not in 1 … ",
        "bench --families sums      | --families: there is none called 'sums'; there are products, elementwise",
        "bench --only nothing       | --only: nothing has 'nothing' in its name",
        "bench --peers --only rows  | --only: nothing has 'rows' in its name",
        "bench --forks 0            | --forks: 0 is not in 1 … 100",
        "bench --jmh                | --jmh: only products are measured with JMH here; add --sizes",
        "bench --forms XX           | '--forms'",
        "lap                        | 'lap'; did you mean lab?",
        "--nonsense                 | Unknown option: '--nonsense'; see keel --help",
    })
    void wrongArgumentsAreOneLineAndExitCodeTwo(String arguments, String says) {
        var said = keel(arguments.split(" "));
        assertOneLine(WRONG, said);
        assertTrue(said.err.contains(says), said.err);
    }

    @Test
    void anArgumentOfSeveralLinesIsAnsweredInOne() {
        assertOneLine(WRONG, keel("lab", "a\nb\r\nc"));
        assertOneLine(WRONG, keel("lab", "--depth", "4\n5"));
    }

    @Test
    void aFolderThatCannotBeWrittenToIsFoundOutBeforeTraining(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("taken"));
        for (var out : new Path[] {file, file.resolve("below")}) {
            // A million steps would take days.
            var said = assertTimeoutPreemptively(Duration.ofSeconds(20),
                () -> keel("lab", "--steps", "1000000", "--out", out.toString()));
            assertOneLine(FAILED, said);
            assertTrue(said.err.contains("cannot write the report to " + out) && said.err.contains("--out"), said.err);
        }
    }

    @Test
    void debugAddsTheStackTrace(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("taken")).toString();
        assertFalse(keel("lab", "--out", file).err.contains("\tat "));
        assertTrue(keel("lab", "--debug", "--out", file).err.contains("\tat "));
        assertTrue(keel("--debug", "lab", "nonsense").err.contains("\tat "));
    }

    @Test
    void helpAndVersionAreAnswers() {
        for (var question : new String[] {"--help", "lab --help", "--version", "lab --version", "lab --list"}) {
            var said = keel(question.split(" "));
            assertEquals(0, said.code, said::toString);
            assertEquals("", said.err);
            assertTrue(said.out.lines().count() >= 1, question);
            said.out.lines().forEach(line -> assertTrue(line.length() <= 120, line));
        }
        assertTrue(keel().out.contains("lab"));
        assertTrue(keel("lab", "--help").out.contains("--depth"));
    }
}
