package io.byoa.dataset;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A row of {@code dataset_content}: what is, or is about to be, in the store. */
@Entity
@Immutable // The columns not named here are written by statements of their own.
@Table(name = "dataset_content")
@SuppressWarnings("NullAway.Init") // filled by JPA
class DatasetContentEntity {

  @Id String digest;
  String manifest;
  long size;
  int files;
}
