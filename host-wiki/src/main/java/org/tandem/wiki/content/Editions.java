package org.tandem.wiki.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/** Plugins with their editions, as the text of a jsonb column. */
final class Editions {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Editions() {}

  static String write(Map<String, String> editions) {
    try {
      return JSON.writeValueAsString(editions);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("Texts cannot be written as JSON", impossible);
    }
  }
}
