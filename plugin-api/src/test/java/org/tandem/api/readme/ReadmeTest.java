package org.tandem.api.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tandem.api.readme.Readme.Block;

class ReadmeTest {

  @Test
  void blocksAreFoundWithTheirSectionsAndFiles() {
    String markdown =
        """
        # Title
        ## One `thing`
        Do this:
        ```sh
        ls
        ```
        Look. In
        `a/B.java` put:

        ```java
        class B {}
        ```
        ### Below
        In `c` put: not here.
        ```
        text
        ```
        """;
    assertEquals(
        List.of(
            new Block("One `thing`", "sh", "ls\n", Optional.empty(), 4),
            new Block("One `thing`", "java", "class B {}\n", Optional.of("a/B.java"), 10),
            new Block("One `thing`", "", "text\n", Optional.empty(), 15)),
        Readme.blocks(markdown));
  }
}
