package io.byoa.job.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A series that is thinned while it is read, in one pass and in memory that does not grow with it.
 *
 * <p>While its points are few enough all are kept. After that neighbours share a bucket, of which
 * the first, the last, the lowest and the highest point stay: a curve drawn through them begins,
 * ends and peaks where the whole one does. When the buckets become too many, each two of them
 * become one.
 *
 * @param <P> what a point is
 */
final class SeriesSample<P> {

  /** Points that stay of a bucket. */
  private static final int OF_A_BUCKET = 4;

  private record Placed<P>(long place, double value, P point) {}

  private record Bucket<P>(
      int points, Placed<P> first, Placed<P> lowest, Placed<P> highest, Placed<P> last) {

    Bucket<P> and(Bucket<P> later) {
      return new Bucket<>(
          points + later.points,
          first,
          later.lowest.value < lowest.value ? later.lowest : lowest,
          later.highest.value > highest.value ? later.highest : highest,
          later.last);
    }

    Stream<P> kept() {
      return Stream.of(first, lowest, highest, last)
          .distinct()
          .sorted((a, b) -> Long.compare(a.place, b.place))
          .map(Placed::point);
    }
  }

  private final int most;
  private final ToDoubleFunction<P> value;
  private List<P> all = new ArrayList<>();
  private List<Bucket<P>> buckets = new ArrayList<>();
  private int width = OF_A_BUCKET;
  private long seen;

  /**
   * Of no points yet.
   *
   * @param most how many points to keep at most, four or more
   */
  SeriesSample(int most, ToDoubleFunction<P> value) {
    if (most < OF_A_BUCKET) {
      throw new IllegalArgumentException("A sample needs room for four points: " + most);
    }
    this.most = most;
    this.value = value;
  }

  /** Adds the next point. */
  void add(P point) {
    seen++;
    if (seen <= most) {
      all.add(point);
    } else {
      all = List.of();
    }
    Placed<P> placed = new Placed<>(seen, value.applyAsDouble(point), point);
    Bucket<P> one = new Bucket<>(1, placed, placed, placed, placed);
    if (buckets.isEmpty() || buckets.getLast().points == width) {
      buckets.add(one);
    } else {
      buckets.set(buckets.size() - 1, buckets.getLast().and(one));
    }
    if (buckets.size() > most / OF_A_BUCKET) {
      widen();
    }
  }

  private void widen() {
    List<Bucket<P>> wider = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i += 2) {
      Bucket<P> bucket = buckets.get(i);
      wider.add(i + 1 < buckets.size() ? bucket.and(buckets.get(i + 1)) : bucket);
    }
    buckets = wider;
    width *= 2;
  }

  /** The points that are kept, in their order. */
  List<P> points() {
    return seen <= most ? List.copyOf(all) : buckets.stream().flatMap(Bucket::kept).toList();
  }
}
