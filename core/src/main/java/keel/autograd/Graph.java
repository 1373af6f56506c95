package keel.autograd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The operations behind a tensor, to look at: as text, as DOT, as a self-contained SVG. Results come after their operands.
public final class Graph {
    private final List<Tensor> nodes;
    private final Gradients gradients; // may be null

    private Graph(List<Tensor> nodes, Gradients gradients) {
        this.nodes = nodes;
        this.gradients = gradients;
    }

    /// Everything that `y` was computed from and that wants a gradient, and the constants next to it.
    public static Graph of(Tensor y) {
        var nodes = new ArrayList<>(reachable(y));
        nodes.sort(Comparator.comparingLong(Tensor::id));
        return new Graph(List.copyOf(nodes), null);
    }

    /// The same graph with the norm of each gradient that is known.
    public Graph with(Gradients g) { return new Graph(nodes, g); }

    /// The tensors, oldest first.
    public List<Tensor> nodes() { return nodes; }

    static Set<Tensor> reachable(Tensor y) {
        var found = new HashSet<Tensor>();
        var open = new ArrayDeque<>(List.of(y));
        while (!open.isEmpty()) {
            var t = open.pop();
            if (found.add(t) && !t.isLeaf()) {
                open.addAll(List.of(t.derivative().inputs()));
            }
        }
        return found;
    }

    private Tensor[] inputs(Tensor t) { return t.isLeaf() ? new Tensor[0] : t.derivative().inputs(); }

    private Map<Tensor, Integer> numbers() {
        var y = new HashMap<Tensor, Integer>();
        for (var t : nodes) {
            y.put(t, y.size());
        }
        return y;
    }

    /// Role or operation, then type and shape.
    private List<String> label(Tensor t) {
        var lines = new ArrayList<String>();
        lines.add(t.isLeaf() ? t.wantsGradient() ? "parameter" : "constant" : t.derivative().name());
        lines.add(t.dtype() + " " + t.shape() + (t.size() == 1 ? " = " + (float) t.item() : ""));
        if (!t.isLeaf()) {
            lines.add("saves " + t.derivative().saves().name().toLowerCase(Locale.ROOT));
        }
        if (gradients != null && gradients.has(t)) {
            lines.add("|∇| = " + (float) gradients.of(t).norm());
        }
        return lines;
    }

    /// One line a tensor: `3: Mul F32 (2), saves inputs ← 0, 1`.
    public String toText() {
        var number = numbers();
        var s = new StringBuilder();
        for (var t : nodes) {
            s.append(number.get(t)).append(": ").append(String.join(", ", label(t)).replaceFirst(", ", " "));
            var separator = " ← ";
            for (var input : inputs(t)) {
                s.append(separator).append(number.get(input));
                separator = ", ";
            }
            s.append('\n');
        }
        return s.toString();
    }

    /// Graphviz' language: `dot -Tsvg`.
    public String toDot() {
        var number = numbers();
        var s = new StringBuilder("digraph autograd {\n  node [shape=box, fontname=\"sans-serif\"];\n");
        for (var t : nodes) {
            s.append("  n").append(number.get(t)).append(" [label=\"").append(String.join("\\n", label(t))).append("\"")
                .append(t.isLeaf() ? ", style=rounded" : "").append("];\n");
            for (var input : inputs(t)) {
                s.append("  n").append(number.get(input)).append(" -> n").append(number.get(t)).append(";\n");
            }
        }
        return s.append("}\n").toString();
    }

    // Sizes of the drawing, in pixels.
    private static final int WIDTH = 190;
    private static final int HEIGHT = 76;
    private static final int GAP = 34;

    /// A drawing that needs nothing else: operands above results, legible in light and dark.
    public String toSvg() {
        var row = new HashMap<Tensor, Integer>();
        var column = new HashMap<Tensor, Integer>();
        var filled = new ArrayList<Integer>();
        for (var t : nodes) {
            int r = 0;
            for (var input : inputs(t)) {
                r = Math.max(r, row.get(input) + 1);
            }
            while (filled.size() <= r) {
                filled.add(0);
            }
            row.put(t, r);
            column.put(t, filled.set(r, filled.get(r) + 1));
        }
        int width = filled.stream().mapToInt(i -> i).max().orElse(1) * (WIDTH + GAP) + GAP;
        int height = filled.size() * (HEIGHT + GAP) + GAP;
        var s = new StringBuilder();
        s.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width).append(' ').append(height)
            .append("\" role=\"img\"><title>Autograd graph of ").append(nodes.size()).append(" tensors</title><style>\n")
            .append("rect{fill:#fff;stroke:#345}.leaf{fill:#e7f1ea}path{stroke:#789;fill:none}")
            .append("text{font:12px sans-serif;fill:#123}.name{font-weight:bold}\n")
            .append("@media(prefers-color-scheme:dark){rect{fill:#1c2530;stroke:#9ab}.leaf{fill:#203a2b}")
            .append("path{stroke:#678}text{fill:#dde}}</style>\n");
        for (var t : nodes) {
            for (var input : inputs(t)) {
                int x = x(column.get(input)) + WIDTH / 2;
                int y = y(row.get(input)) + HEIGHT;
                int x2 = x(column.get(t)) + WIDTH / 2;
                int y2 = y(row.get(t));
                s.append("<path d=\"M").append(x).append(' ').append(y).append("C").append(x).append(' ')
                    .append(y + GAP).append(' ').append(x2)
                    .append(' ').append(y2 - GAP).append(' ').append(x2).append(' ').append(y2).append("\"/>\n");
            }
        }
        for (var t : nodes) {
            int x = x(column.get(t));
            int y = y(row.get(t));
            s.append("<rect").append(t.isLeaf() ? " class=\"leaf\"" : "").append(" x=\"").append(x).append("\" y=\"")
                .append(y).append("\" width=\"")
                .append(WIDTH).append("\" height=\"").append(HEIGHT).append("\" rx=\"").append(t.isLeaf() ? 14 : 3)
                .append("\"/>\n");
            int line = 0;
            for (var text : label(t)) {
                s.append("<text x=\"").append(x + 10).append("\" y=\"").append(y + 18 + 16 * line).append("\"")
                    .append(line++ == 0 ? " class=\"name\"" : "")
                    .append('>').append(text).append("</text>\n");
            }
        }
        return s.append("</svg>\n").toString();
    }

    private static int x(int column) { return GAP + column * (WIDTH + GAP); }

    private static int y(int row) { return GAP + row * (HEIGHT + GAP); }
}
