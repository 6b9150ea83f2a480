package org.naivechain.notebooks;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot of some lines over one axis. */
public final class Plot {
    private final Map<String, List<? extends Number>> lines = new LinkedHashMap<>();
    private final XYChart chart;

    private Plot(String title, String x, String y) {
        chart = new XYChartBuilder()
                .width(760)
                .height(380)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        Styler style = chart.getStyler();
        style.setChartBackgroundColor(Color.decode(Svg.CARD));
        style.setPlotBackgroundColor(Color.WHITE);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendBackgroundColor(Color.WHITE);
    }

    /** An empty plot with its title and what its axes are. */
    public static Plot of(String title, String x, String y) {
        return new Plot(title, x, y);
    }

    /** Adds a line with a value for 1, 2, and so on. */
    public Plot line(String name, List<? extends Number> values) {
        return line(name, IntStream.rangeClosed(1, values.size()).boxed().toList(), values);
    }

    /** Adds a line with a value for each place on the axis. */
    public Plot line(String name, List<? extends Number> places, List<? extends Number> values) {
        chart.addSeries(name, places, values).setMarker(SeriesMarkers.CIRCLE);
        lines.put(name, values);
        return this;
    }

    /** Makes equal distances on the horizontal axis equal ratios. */
    public Plot logarithmic() {
        chart.getStyler().setXAxisLogarithmic(true);
        return this;
    }

    /** {@return the plot, to look at} */
    public Picture picture() {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = chart.getTitle() + "\n"
                + lines.entrySet().stream()
                        .map(line -> line.getKey() + ": "
                                + line.getValue().stream().map(Plot::number).collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("\n"));
        return Picture.ofImage("image/png", image.toByteArray(), text);
    }

    private static String number(Number value) {
        return value.doubleValue() == Math.rint(value.doubleValue())
                ? String.valueOf(value.longValue())
                : String.format(Locale.ROOT, "%.1f", value.doubleValue());
    }
}
