package io.byoa.bench;

/**
 * Our throughput by theirs, taken pair by pair, so that a machine whose speed drifts does not move
 * it.
 */
record Ratio(double[] ours, double[] theirs) {

  static Ratio measure(Scale scale, Load ours, Load theirs) {
    int rounds = scale.rounds();
    Ratio ratio = new Ratio(new double[rounds], new double[rounds]);
    // Both must be compiled before they are compared.
    theirs.throughput(scale.warmUp());
    ours.throughput(scale.warmUp());
    for (int i = 0; i < rounds; i++) {
      ratio.theirs[i] = theirs.throughput(scale.round());
      ratio.ours[i] = ours.throughput(scale.round());
    }
    return ratio;
  }

  double median() {
    return Report.median(each());
  }

  private double[] each() {
    double[] each = new double[ours.length];
    for (int i = 0; i < each.length; i++) {
      each[i] = ours[i] / theirs[i];
    }
    return each;
  }

  @Override
  public String toString() {
    return "%s; %.0f/s and %.0f/s"
        .formatted(Report.spread(each(), "%.2f"), Report.median(ours), Report.median(theirs));
  }
}
