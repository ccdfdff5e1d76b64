package dev.tidemark.ui.chart;

import java.util.Arrays;

/**
 * Paints into an array of premultiplied ARGB pixels with exact coverage. Lines are gathered in a mask of coverage first and
 * coloured once, so that overlapping segments of a translucent line do not add up and joints are round. For one thread.
 */
final class Raster {

    private int width;
    private int height;
    private int[] pixels;
    /** Coverage 0 to 255, column by column: a line is written along columns. */
    private byte[] mask = new byte[0];
    private int[] top = new int[0];
    private int[] bottom = new int[0];

    /** Begins a picture: all pixels become transparent. */
    void begin(int[] target, int width, int height) {
        this.pixels = target;
        this.width = width;
        this.height = height;
        Arrays.fill(target, 0, width * height, 0);
        if (mask.length < width * height) {
            mask = new byte[width * height];
        }
        if (top.length < width) {
            top = new int[width];
            bottom = new int[width];
        }
        Arrays.fill(top, Integer.MAX_VALUE);
        Arrays.fill(bottom, -1);
    }

    /** Fills whole pixels; parts outside are cut off. */
    void rectangle(int x0, int y0, int x1, int y1, int argb) {
        int weight = weight(argb, 255);
        for (int y = Math.max(0, y0); y < Math.min(height, y1); y++) {
            for (int x = Math.max(0, x0); x < Math.min(width, x1); x++) {
                blend(y * width + x, argb, weight);
            }
        }
    }

    /**
     * Fills one column between two edges that are straight within it.
     *
     * @param topLeft vertical place of the upper edge at the column's left border; the others alike
     * @param fade    whether the colour fades out towards the bottom of the picture
     */
    void area(int x, double topLeft, double topRight, double bottomLeft, double bottomRight, int argb, boolean fade) {
        if (x < 0 || x >= width) {
            return;
        }
        int first = (int) Math.max(0, Math.floor(Math.min(topLeft, topRight)));
        int last = (int) Math.min(height, Math.ceil(Math.max(bottomLeft, bottomRight)));
        int fullFrom = (int) Math.min(last, Math.max(first, Math.ceil(Math.max(topLeft, topRight))));
        int fullTo = (int) Math.max(fullFrom, Math.min(last, Math.floor(Math.min(bottomLeft, bottomRight))));
        int whole = weight(argb, 255);
        for (int y = first; y < last; y++) {
            int weight = whole;
            if (y < fullFrom || y >= fullTo) {
                double covered = share(bottomLeft - y, bottomRight - y) - share(topLeft - y, topRight - y);
                weight = weight(argb, (int) (covered * 255 + 0.5));
            }
            if (fade) {
                weight = weight * (height - y) / height;
            }
            blend(y * width + x, argb, weight);
        }
    }

    /** Mean of the part of a pixel above an edge that runs straight from {@code u0} to {@code u1} below the pixel's upper border. */
    private static double share(double u0, double u1) {
        double rise = u1 - u0;
        if (Math.abs(rise) < 1e-3) {
            return Math.min(1, Math.max(0, (u0 + u1) / 2));
        }
        return (integral(u1) - integral(u0)) / rise;
    }

    private static double integral(double u) {
        return u <= 0 ? 0 : u >= 1 ? u - 0.5 : u * u / 2;
    }

    /** Adds a line with round ends to the mask; {@code half} is half its thickness. */
    void line(double x0, double y0, double x1, double y1, double half) {
        double reach = half + 0.5;
        double dx = x1 - x0;
        double dy = y1 - y0;
        double length = Math.sqrt(dx * dx + dy * dy);
        if (length < 1e-6) {
            disc(x0, y0, half);
            return;
        }
        double ux = dx / length;
        double uy = dy / length;
        double lowest = Math.min(y0, y1) - reach;
        double highest = Math.max(y0, y1) + reach;
        double spread = Math.abs(ux) < 1e-9 ? Double.POSITIVE_INFINITY : reach / Math.abs(ux);
        int firstX = (int) Math.max(0, Math.ceil(Math.min(x0, x1) - reach - 0.5));
        int lastX = (int) Math.min(width - 1, Math.floor(Math.max(x0, x1) + reach - 0.5));
        for (int x = firstX; x <= lastX; x++) {
            double px = x + 0.5 - x0;
            double middle = spread == Double.POSITIVE_INFINITY ? y0 : y0 + px * uy / ux;
            int from = (int) Math.max(0, Math.ceil(Math.max(lowest, middle - spread) - 0.5));
            int to = (int) Math.min(height - 1, Math.floor(Math.min(highest, middle + spread) - 0.5));
            if (from > to) {
                continue;
            }
            touch(x, from, to);
            int at = x * height;
            for (int y = from; y <= to; y++) {
                double py = y + 0.5 - y0;
                double along = px * ux + py * uy;
                double distance;
                if (along < 0) {
                    distance = Math.sqrt(px * px + py * py);
                } else if (along > length) {
                    double qx = px - dx;
                    double qy = py - dy;
                    distance = Math.sqrt(qx * qx + qy * qy);
                } else {
                    distance = Math.abs(px * uy - py * ux);
                }
                cover(at + y, reach - distance);
            }
        }
    }

    /** Adds a disc to the mask. */
    void disc(double cx, double cy, double radius) {
        dot(cx, cy, radius, -1);
    }

    /** Adds a ring to the mask and clears what it encloses. */
    void ring(double cx, double cy, double radius, double thickness) {
        dot(cx, cy, radius, radius - thickness);
    }

    private void dot(double cx, double cy, double radius, double hole) {
        double reach = radius + 0.5;
        int firstX = (int) Math.max(0, Math.ceil(cx - reach - 0.5));
        int lastX = (int) Math.min(width - 1, Math.floor(cx + reach - 0.5));
        int firstY = (int) Math.max(0, Math.ceil(cy - reach - 0.5));
        int lastY = (int) Math.min(height - 1, Math.floor(cy + reach - 0.5));
        for (int x = firstX; x <= lastX && firstY <= lastY; x++) {
            touch(x, firstY, lastY);
            for (int y = firstY; y <= lastY; y++) {
                double distance = Math.hypot(x + 0.5 - cx, y + 0.5 - cy);
                double inside = hole < 0 ? 0 : Math.min(1, Math.max(0, hole + 0.5 - distance));
                int at = x * height + y;
                if (inside > 0) {
                    mask[at] = (byte) ((mask[at] & 255) * (1 - inside));
                }
                cover(at, Math.min(reach - distance, 1 - inside));
            }
        }
    }

    /** Colours what the mask covers, and empties it. */
    void flush(int argb) {
        int full = argb >>> 24;
        for (int x = 0; x < width; x++) {
            int at = x * height;
            for (int y = Math.max(0, top[x]); y <= bottom[x]; y++) {
                int covered = mask[at + y] & 255;
                if (covered != 0) {
                    int weight = full * covered / 255;
                    blend(y * width + x, argb, weight + (weight >> 7));
                    mask[at + y] = 0;
                }
            }
            top[x] = Integer.MAX_VALUE;
            bottom[x] = -1;
        }
    }

    private void touch(int x, int from, int to) {
        top[x] = Math.min(top[x], from);
        bottom[x] = Math.max(bottom[x], to);
    }

    private void cover(int at, double share) {
        int covered = share >= 1 ? 255 : (int) (share * 255 + 0.5);
        if (covered > (mask[at] & 255)) {
            mask[at] = (byte) covered;
        }
    }

    /** Opacity of a colour times coverage (0 to 255), as a weight from 0 to 256. */
    private static int weight(int argb, int covered) {
        int weight = (argb >>> 24) * covered / 255;
        return weight + (weight >> 7);
    }

    private void blend(int at, int rgb, int weight) {
        int below = pixels[at];
        int rest = 256 - weight;
        int redBlue = (rgb & 0xff00ff) * weight + (below & 0xff00ff) * rest + 0x800080 >>> 8 & 0xff00ff;
        int alphaGreen = ((rgb >>> 8 & 0xff) | 0xff0000) * weight + (below >>> 8 & 0xff00ff) * rest + 0x800080 & 0xff00ff00;
        pixels[at] = alphaGreen | redBlue;
    }
}
