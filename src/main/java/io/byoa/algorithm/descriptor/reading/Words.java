package io.byoa.algorithm.descriptor.reading;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How the descriptor writes enums: in lower case, with dashes. */
public final class Words {

  private Words() {}

  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static <E extends Enum<E>> Map<String, E> of(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(of(constant), constant);
    }
    return words;
  }
}
