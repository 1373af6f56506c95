package keel.tests.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import keel.array.NdArray;
import keel.autograd.Backward;
import keel.autograd.Graph;
import keel.autograd.Tensor;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class GraphTest {
    private final Tensor x = Tensor.parameter(NdArray.of(1f, 2f));
    private final Tensor loss = x.square().mul(x).sum();

    @Test
    void textShowsOperandsBeforeResults() {
        assertEquals("""
            0: parameter F32 (2)
            1: Square F32 (2), saves inputs ← 0
            2: Mul F32 (2), saves inputs ← 1, 0
            3: Sum F32 () = 9.0, saves nothing ← 2
            """, Graph.of(loss).toText());
    }

    @Test
    void dotHasAnEdgeForEveryOperand() {
        var dot = Graph.of(loss).toDot();
        assertEquals(4, dot.lines().filter(l -> l.contains(" -> ")).count());
        assertTrue(dot.startsWith("digraph autograd {") && dot.endsWith("}\n"));
    }

    @Test
    void svgIsWellFormedAndShowsGradients() throws Exception {
        var g = Backward.from(loss).retainGraph().run();
        var svg = Graph.of(loss).with(g).toSvg();
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertEquals(4, document.getElementsByTagName("rect").getLength());
        assertEquals(4, document.getElementsByTagName("path").getLength());
        assertTrue(svg.contains("|∇| = " + (float) g.of(x).norm()));
    }

    @Test
    void traceTellsEveryStepOfBackward() {
        var lines = new ArrayList<String>();
        Backward.from(loss).trace(lines::add).run();
        assertEquals("Sum (), |dy| = 1.0", lines.getFirst());
        assertEquals(7, lines.size(), lines::toString); // three operations, four gradients given
    }
}
