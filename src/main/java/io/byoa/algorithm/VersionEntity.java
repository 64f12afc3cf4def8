package io.byoa.algorithm;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of {@code algorithm_version}: what was published, and what has been said of it since. */
@Entity
@DynamicUpdate
@Table(name = "algorithm_version")
@SuppressWarnings("NullAway.Init") // filled by JPA
class VersionEntity {

  private static final String JSON = "cast(? as json)";

  @EmbeddedId Key key;
  String team;
  String sortKey;

  @Column(name = "release")
  boolean released;

  @Column(name = "code_sha256")
  String codeSha256;

  long codeSize;

  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  String descriptor;

  /** Up to ten thousand; read by {@link AlgorithmRepository#files}, and only by who needs them. */
  @Basic(fetch = FetchType.LAZY)
  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  String files;

  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  String notices;

  String description;
  String runtime;
  @Nullable String sourceRepository;
  @Nullable String sourceRevision;
  @Nullable String pipelineUrl;
  Instant publishedAt;
  String publishedBy;
  String status;
  @Nullable String statusReason;
  @Nullable Instant sunsetAt;
  Instant statusChangedAt;
  @Version long revision;

  /** The algorithm and the exact version. */
  @Embeddable
  record Key(String algorithm, String version) {}
}
