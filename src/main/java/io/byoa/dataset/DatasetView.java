package io.byoa.dataset;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A dataset as a client sees it.
 *
 * @param versions how many different contents were pushed under the name
 * @param latest what the name alone means now
 */
@Schema(name = "Dataset")
record DatasetView(String name, long versions, DatasetVersionView latest, String href) {

  static DatasetView of(DatasetRepository.Summary latest) {
    return new DatasetView(
        latest.name(),
        latest.versions(),
        DatasetVersionView.of(latest),
        DatasetResource.path(latest.name()));
  }
}
