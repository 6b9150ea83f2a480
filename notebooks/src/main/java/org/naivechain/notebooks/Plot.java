package org.naivechain.notebooks;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A plot of some lines over one axis, or of bars beside each other. */
public final class Plot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 380;
    /** More names of lines, one below the other, would leave the plot too low. */
    private static final int STACKED_NAMES = 3;

    private final String title;
    private final String x;
    private final String y;
    private final List<Series> shown = new ArrayList<>();
    private boolean isLogarithmic;
    private boolean hasBars;

    private Plot(String title, String x, String y) {
        this.title = title;
        this.x = x;
        this.y = y;
    }

    private record Series(String name, List<? extends Number> places, List<? extends Number> values) {
        String inWords() {
            return name + ": " + values.stream().map(Plot::number).collect(Collectors.joining(" "));
        }
    }

    /** An empty plot with its title and what its axes are. */
    public static Plot of(String title, String x, String y) {
        return new Plot(title, x, y);
    }

    /** Adds a line with a value for 1, 2, and so on. */
    public Plot line(String name, List<? extends Number> values) {
        return line(name, places(values), values);
    }

    /** Adds a line with a value for each place on the axis. */
    public Plot line(String name, List<? extends Number> places, List<? extends Number> values) {
        shown.add(new Series(name, places, values));
        return this;
    }

    /** Adds a bar for 1, 2, and so on, where what is between them has no meaning; a plot has bars only or lines only. */
    public Plot bars(String name, List<? extends Number> values) {
        hasBars = true;
        return line(name, places(values), values);
    }

    private static List<Integer> places(List<?> values) {
        return IntStream.rangeClosed(1, values.size()).boxed().toList();
    }

    /** Makes equal distances on the horizontal axis equal ratios. */
    public Plot logarithmic() {
        isLogarithmic = true;
        return this;
    }

    /** {@return the plot, to look at} */
    public Picture picture() {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        try {
            ImageIO.write(BitmapEncoder.getBufferedImage(hasBars ? barChart() : lineChart()), "png", image);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = title + "\n" + shown.stream().map(Series::inWords).collect(Collectors.joining("\n"));
        return Picture.ofImage("image/png", image.toByteArray(), text);
    }

    private Chart<?, ?> lineChart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setXAxisLogarithmic(isLogarithmic);
        // All that is plotted is counted from nothing; and an axis that begins at nothing has round numbers.
        chart.getStyler().setYAxisMin(0.0);
        dress(chart.getStyler());
        if (shown.size() > STACKED_NAMES) {
            chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        }
        shown.forEach(
                each -> chart.addSeries(each.name, each.places, each.values).setMarker(SeriesMarkers.CIRCLE));
        return chart;
    }

    private Chart<?, ?> barChart() {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        dress(chart.getStyler());
        chart.getStyler().setXAxisTickMarkSpacingHint(20);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        shown.forEach(each -> chart.addSeries(each.name, each.places, each.values));
        return chart;
    }

    private static void dress(AxesChartStyler style) {
        style.setChartBackgroundColor(Color.decode(Svg.CARD));
        style.setPlotBackgroundColor(Color.WHITE);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendBackgroundColor(Color.WHITE);
    }

    private static String number(Number value) {
        return value.doubleValue() == Math.rint(value.doubleValue())
                ? String.valueOf(value.longValue())
                : String.format(Locale.ROOT, "%.1f", value.doubleValue());
    }
}
