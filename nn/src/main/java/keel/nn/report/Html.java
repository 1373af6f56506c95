package keel.nn.report;

import static keel.nn.report.Markup.escape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A piece of a page, and the page: one self-contained file that loads nothing, reads in light and dark, and works from the
/// keyboard (skip link, visible focus, native disclosure, scrollable tables that take focus).
///
/// Text given to these methods is text: it is escaped. Markup is only what [Html] and the charts made.
///
/// ```java
/// var page = Html.page("Run 7", "Twenty layers, He.",
///     Html.section("Loss", Html.figure(chart.svg(), "Falls from 2.30 to 0.02.")));
/// ```
public record Html(String markup) {
    /// A titled part of a page, listed in its contents.
    public record Section(String id, String title, Html body) {}

    /// How a cell is meant; shown by colour and by weight.
    public enum Tone {
        /// Neither good nor bad.
        PLAIN,
        /// As it should be.
        GOOD,
        /// Not as it should be.
        BAD
    }

    /// A cell of a table: markup, and how it is meant.
    public record Cell(Html content, Tone tone, boolean isNumber) {
        /// A text.
        public static Cell of(String text) {
            return new Cell(text(text), Tone.PLAIN, false);
        }

        /// A number to `digits` significant digits, aligned to the right.
        public static Cell of(double value, int digits) {
            return new Cell(text(Markup.number(value, digits)), Tone.PLAIN, true);
        }

        /// The cell, meant so.
        public Cell tone(Tone tone) {
            return new Cell(content, tone, isNumber);
        }
    }

    private static final String STYLE = """
        *{box-sizing:border-box}
        body{margin:0;background:var(--keel-ground);color:var(--keel-ink);font:16px/1.55 system-ui,sans-serif}
        header,main,footer,nav{max-width:64rem;margin:0 auto;padding:0 1.25rem}
        header{padding-top:2rem}
        h1{font-size:1.9rem;line-height:1.2;margin:0 0 .5rem}
        h2{font-size:1.35rem;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--keel-rule)}
        h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
        p{max-width:70ch}
        a{color:var(--keel-link)}
        a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--keel-link);outline-offset:2px}
        .skip{position:absolute;left:-100vw;top:0;background:var(--keel-ground);padding:.5rem 1rem;z-index:1}
        .skip:focus{left:0}
        nav ol{columns:18rem;padding-left:1.25rem}
        figure{margin:1.25rem 0}
        figcaption,.faint{color:var(--keel-faint);font-size:.92rem}
        .scroll{overflow-x:auto;margin:1rem 0}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem}
        caption{text-align:left;color:var(--keel-faint);padding-bottom:.4rem}
        th,td{padding:.3rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--keel-rule)}
        thead th{border-bottom:2px solid var(--keel-faint)}
        .n{text-align:right;white-space:nowrap}
        .good{color:var(--keel-good);font-weight:600}
        .bad{color:var(--keel-bad);font-weight:600}
        details{background:var(--keel-panel);border:1px solid var(--keel-rule);border-radius:.4rem}
        details{margin:.75rem 0;padding:.5rem .9rem}
        summary{cursor:pointer;font-weight:600}
        pre{overflow-x:auto;font:13px/1.45 ui-monospace,monospace;background:var(--keel-panel);padding:.75rem}
        footer{padding-top:1.5rem;padding-bottom:3rem;color:var(--keel-faint);font-size:.92rem}
        @media print{.skip,nav{display:none}}
        """;

    /// A running text.
    public static Html text(String text) {
        return new Html(escape(text));
    }

    /// A paragraph.
    public static Html paragraph(String text) {
        return new Html("<p>" + escape(text) + "</p>\n");
    }

    /// A smaller heading inside a section.
    public static Html heading(String text) {
        return new Html("<h3>" + escape(text) + "</h3>\n");
    }

    /// Text in its own line breaks and in a fixed pitch: what a terminal would show. Wide text scrolls, from the keyboard too.
    public static Html pre(String label, String text) {
        return new Html("<pre tabindex=\"0\" role=\"region\" aria-label=\"" + escape(label) + "\">" + escape(text) + "</pre>\n");
    }

    /// An unordered list.
    public static Html list(List<String> items) {
        var lines = items.stream().map(item -> "<li>" + escape(item) + "</li>\n").collect(Collectors.joining());
        return new Html("<ul>\n" + lines + "</ul>\n");
    }

    /// A chart's `svg()` and what to see in it.
    public static Html figure(String svg, String caption) {
        return new Html("<figure>\n" + svg + "<figcaption>" + escape(caption) + "</figcaption>\n</figure>\n");
    }

    /// Parts one after the other.
    public static Html of(Html... parts) {
        return new Html(Arrays.stream(parts).map(Html::markup).collect(Collectors.joining()));
    }

    /// A part that opens on demand, by mouse or keyboard.
    public static Html details(String summary, Html... parts) {
        return new Html("<details>\n<summary>" + escape(summary) + "</summary>\n" + of(parts).markup + "</details>\n");
    }

    /// A table; the first cell of each row names the row. Wide tables scroll, from the keyboard too.
    ///
    /// Throws [IllegalArgumentException] if a row has not one cell for each column.
    public static Html table(String caption, List<String> columns, List<List<Cell>> rows) {
        var name = escape(caption);
        var out = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"").append(name)
            .append("\">\n<table>\n<caption>").append(name).append("</caption>\n<thead>\n<tr>");
        for (int j = 0; j < columns.size(); j++) {
            boolean number = !rows.isEmpty() && j < rows.getFirst().size() && rows.getFirst().get(j).isNumber;
            out.append("<th scope=\"col\"").append(number ? " class=\"n\">" : ">").append(escape(columns.get(j))).append("</th>");
        }
        out.append("</tr>\n</thead>\n<tbody>\n");
        for (var row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("Html.table: a row of " + row.size() + " cells for " + columns.size()
                    + " columns in " + caption + "; give one for each");
            }
            out.append("<tr>");
            for (int j = 0; j < row.size(); j++) cell(out, row.get(j), j == 0);
            out.append("</tr>\n");
        }
        return new Html(out + "</tbody>\n</table>\n</div>\n");
    }

    private static void cell(StringBuilder out, Cell cell, boolean first) {
        var classes = new ArrayList<String>();
        if (cell.isNumber) classes.add("n");
        if (cell.tone != Tone.PLAIN) classes.add(cell.tone == Tone.GOOD ? "good" : "bad");
        out.append(first ? "<th scope=\"row\"" : "<td");
        if (!classes.isEmpty()) out.append(" class=\"").append(String.join(" ", classes)).append('"');
        out.append('>').append(cell.content.markup).append(first ? "</th>" : "</td>");
    }

    /// A titled part of a page.
    public static Section section(String title, Html... parts) {
        return new Section(Markup.slug(title), title, of(parts));
    }

    /// The whole page; `lead` says in a sentence or two what it shows.
    public static String page(String title, String lead, Section... sections) {
        var contents = new StringBuilder();
        var main = new StringBuilder();
        for (int i = 0; i < sections.length; i++) {
            // Numbered, so that two sections of one title have places of their own.
            var id = "s" + (i + 1) + "-" + sections[i].id;
            var name = escape(sections[i].title);
            contents.append("<li><a href=\"#").append(id).append("\">").append(name).append("</a></li>\n");
            main.append("<section aria-labelledby=\"").append(id).append("\">\n<h2 id=\"").append(id).append("\">").append(name)
                .append("</h2>\n").append(sections[i].body.markup).append("</section>\n");
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
            <title>%s</title>
            <style>
            %s</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header>
            <h1>%s</h1>
            <p>%s</p>
            </header>
            <nav aria-label="Contents">
            <ol>
            %s</ol>
            </nav>
            <main id="main" tabindex="-1">
            %s</main>
            <footer>Made by Keel. This page loads nothing from anywhere.</footer>
            </body>
            </html>
            """.formatted(escape(title), Markup.COLOUR_SCHEMES + STYLE, escape(title), escape(lead), contents, main);
    }
}
