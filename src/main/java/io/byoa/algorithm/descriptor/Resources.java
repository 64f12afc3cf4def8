package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machines.
 *
 * @param instanceTypes in order of preference; the first is the default, the others stand in when
 *     capacity is missing
 * @param instanceCount machines of one job
 * @param volumeSizeInGB the disk of each machine, SageMaker's {@code VolumeSizeInGB}
 */
public record Resources(List<String> instanceTypes, int instanceCount, int volumeSizeInGB) {

  /** What a descriptor without resources gets. */
  public static final Resources DEFAULT = new Resources(List.of("ml.m5.large"), 1, 10);

  /** Copies the list. */
  public Resources {
    instanceTypes = List.copyOf(instanceTypes);
    if (instanceTypes.isEmpty() || instanceCount < 1 || volumeSizeInGB < 1) {
      throw new IllegalArgumentException("No machines");
    }
  }

  static Resources read(Field field, Surroundings surroundings) {
    Fields fields =
        field.object(
            "instanceTypes, instanceCount, volumeSizeInGB",
            "instanceTypes",
            "instanceCount",
            "volumeSizeInGB");
    if (fields == null) {
      return DEFAULT;
    }
    List<String> types = instanceTypes(fields.get("instanceTypes"), surroundings);
    int count = fields.get("instanceCount").integer(1, 100, "machines", DEFAULT.instanceCount);
    int volume = fields.get("volumeSizeInGB").integer(1, 16_384, "GB", DEFAULT.volumeSizeInGB);
    return new Resources(types.isEmpty() ? DEFAULT.instanceTypes : types, count, volume);
  }

  private static List<String> instanceTypes(Field field, Surroundings surroundings) {
    List<String> types =
        field.list("instance types", 1, 20, element -> instanceType(element, surroundings));
    if (types.stream().distinct().count() < types.size()) {
      field.refuse("names an instance type twice");
    }
    return types;
  }

  private static @Nullable String instanceType(Field field, Surroundings surroundings) {
    String type = field.text(TextRule.any("an instance type, such as \"ml.m5.large\"", 1, 64));
    String fault = type == null ? null : surroundings.faultOfInstanceType(type).orElse(null);
    if (fault != null) {
      field.refuse(fault);
      return null;
    }
    return type;
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("instanceTypes", JsonArray.ofStrings(instanceTypes))
        .put("instanceCount", instanceCount)
        .put("volumeSizeInGB", volumeSizeInGB)
        .build();
  }
}
