package dev.tidemark.lake.export;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as the same double, the one nearest to it if there are several: the Schubfach algorithm (R. Giulietti,
 * "The Schubfach way to render doubles", 2020). JDK 17's {@link Double#toString} is not always the shortest and leaves garbage.
 *
 * <p>Holds the last result: {@link #digits} × 10^{@link #exponent}. Not thread-safe.
 */
final class ShortestDecimal {

    private static final int MANTISSA_BITS = 52;
    private static final long HIDDEN_BIT = 1L << MANTISSA_BITS;
    private static final int MIN_Q = -1074;
    private static final int MIN_K = -324;
    private static final int MAX_K = 292;
    private static final long LOW_63 = Long.MAX_VALUE;
    /** For each k the upper and lower 63 bits of 10^-k, scaled to 126 bits and rounded up. */
    private static final long[] POWERS = powers();

    /** Digits of the last result. */
    long digits;
    /** Power of ten of the last digit. */
    int exponent;

    private static long[] powers() {
        long[] powers = new long[2 * (MAX_K - MIN_K + 1)];
        for (int k = MIN_K; k <= MAX_K; k++) {
            int shift = 125 - floorLog2OfPowerOf10(-k);
            BigInteger power = BigInteger.TEN.pow(Math.abs(k));
            BigInteger scaled = k <= 0 ? power.shiftLeft(shift) : BigInteger.ONE.shiftLeft(shift).divide(power);
            scaled = scaled.add(BigInteger.ONE);
            powers[2 * (k - MIN_K)] = scaled.shiftRight(63).longValueExact();
            powers[2 * (k - MIN_K) + 1] = scaled.longValue() & LOW_63;
        }
        return powers;
    }

    private static int floorLog2OfPowerOf10(int e) {
        return (int) (e * 913_124_641_741L >> 38);
    }

    /** floor(log10(2^e)) */
    private static int floorLog10OfPowerOf2(int e) {
        return (int) (e * 661_971_961_083L >> 41);
    }

    /** floor(log10(3/4 · 2^e)) */
    private static int floorLog10OfThreeQuarters(int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    /** Finds the digits of a finite number greater than zero. */
    void of(double value) {
        long bits = Double.doubleToRawLongBits(value);
        long mantissa = bits & HIDDEN_BIT - 1;
        int biased = (int) (bits >>> MANTISSA_BITS) & 0x7ff;
        if (biased > 0) {
            int q = MIN_Q - 1 + biased;
            long c = HIDDEN_BIT | mantissa;
            if (q < 0 && q > -MANTISSA_BITS - 1 && c >> -q << -q == c) {
                digits = c >> -q;
                exponent = 0;
            } else {
                nearest(q, c, 0);
            }
        } else if (mantissa < 3) {
            // Too few bits for two digits: ask for one more.
            nearest(MIN_Q, 10 * mantissa, -1);
        } else {
            nearest(MIN_Q, mantissa, 0);
        }
        while (digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
    }

    /** The decimal for c · 2^q. */
    private void nearest(int q, long c, int correction) {
        int odd = (int) c & 1;
        boolean regular = c != HIDDEN_BIT || q == MIN_Q;
        int k = regular ? floorLog10OfPowerOf2(q) : floorLog10OfThreeQuarters(q);
        int shift = q + floorLog2OfPowerOf10(-k) + 2;
        long high = POWERS[2 * (k - MIN_K)];
        long low = POWERS[2 * (k - MIN_K) + 1];
        // Four times the value and the bounds of what rounds to it, in units of 10^k.
        long value = scaled(high, low, (c << 2) << shift);
        long lower = scaled(high, low, (c << 2) - (regular ? 2 : 1) << shift) + odd;
        long upper = scaled(high, low, (c << 2) + 2 << shift) - odd;
        exponent = k + correction;
        long below = value >> 2;
        if (below >= 100) {
            long shorter = below / 10 * 10;
            boolean belowFits = lower <= shorter << 2;
            boolean aboveFits = shorter + 10 << 2 <= upper;
            if (belowFits != aboveFits) {
                digits = belowFits ? shorter : shorter + 10;
                return;
            }
        }
        boolean belowFits = lower <= below << 2;
        boolean aboveFits = below + 1 << 2 <= upper;
        if (belowFits != aboveFits) {
            digits = belowFits ? below : below + 1;
            return;
        }
        long side = value - (2 * below + 1 << 1);
        digits = side < 0 || side == 0 && (below & 1) == 0 ? below : below + 1;
    }

    /** The product's upper bits, the last one set if anything below them was. */
    private static long scaled(long high, long low, long c) {
        long middle = (high * c >>> 1) + Math.multiplyHigh(low, c);
        long top = Math.multiplyHigh(high, c) + (middle >>> 63);
        return top | (middle & LOW_63) + LOW_63 >>> 63;
    }
}
