package dev.tidemark.stream.alert;

import com.amazon.randomcutforest.RandomCutForest;
import dev.tidemark.stream.state.StateReader;
import dev.tidemark.stream.state.StateWriter;

/**
 * How unusual the values of a series are: the anomaly score of a Random Cut Forest (Guha, Mishra, Roy, Schrijvers: Robust Random Cut Forest Based
 * Anomaly Detection On Streams, ICML 2016) over the last few values; about 1 is ordinary.
 *
 * <p>A forest is large, what it was made from is small. So a forest learns for two spans of {@value #SPAN} values and judges in the second of them, and then
 * gives way to the next one, which has learnt for one span. With the seed fixed, the score is a function of the last two spans, and those are
 * what is kept: made again from them, it goes on as if it had never stopped.
 */
final class AnomalyScore {

    /** Values that a forest learns before it judges. */
    static final int SPAN = 128;
    private static final int SHINGLE = 4;
    private static final int TREES = 20;
    private static final int SAMPLES = 64;
    private static final long SEED = 20_160_111L;

    private double[] before = new double[0];
    private final double[] span = new double[SPAN];
    private int size;
    private RandomCutForest judging;
    private RandomCutForest learning = forest();

    private static RandomCutForest forest() {
        return RandomCutForest.builder().dimensions(SHINGLE).shingleSize(SHINGLE).internalShinglingEnabled(true).numberOfTrees(TREES).sampleSize(SAMPLES)
                .randomSeed(SEED).parallelExecutionEnabled(false).build();
    }

    /** The score of the next value of the series; 0 while there is not enough to judge by. */
    double next(double value) {
        if (size == SPAN) {
            before = span.clone();
            size = 0;
            judging = learning;
            learning = forest();
        }
        span[size++] = value;
        double[] point = {value};
        learning.update(point);
        if (judging == null) {
            return 0;
        }
        double score = judging.getAnomalyScore(point);
        judging.update(point);
        return score;
    }

    void write(StateWriter out) {
        out.number(before.length);
        for (double value : before) {
            out.number(value);
        }
        out.number(size);
        for (int i = 0; i < size; i++) {
            out.number(span[i]);
        }
    }

    static AnomalyScore read(StateReader in) {
        AnomalyScore score = new AnomalyScore();
        for (int span = 0; span < 2; span++) {
            int size = in.count(8);
            for (int i = 0; i < size; i++) {
                score.next(in.doubleNumber());
            }
        }
        return score;
    }
}
