package org.naivechain.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.naivechain.blocks.Block;
import org.naivechain.blocks.WireFormat;
import tools.jackson.core.JacksonException;

class ReceivedJsonTest {
    private static final String SECOND = """
            {"index":1,\
            "previous_hash":"71fbc6a1c90d94050b32ab9f9d6a11fc41724f8f954905c120c4c16b71f1f80f",\
            "data":"\\"Testing String Again\\"",\
            "curr_hash":"c8a8924ed4d8c58638b9f4fcbb7609bb0edb4a509d1514246a04ebba680d5a1f"}""";

    @Test
    void explainsWhatIsWrongWithoutNamesOfClasses() {
        assertThat(explain(SECOND.replace("\"index\":1,", ""))).isEqualTo("the field index is missing");
        assertThat(explain(SECOND.replace(":1,", ":\"1\","))).isEqualTo("index has a value of the wrong type");
        assertThat(explain(SECOND.replace(":1,", ":-1,"))).isEqualTo("index must not be negative: index=-1");
        assertThat(explain(SECOND.replace("71fb", "")))
                .startsWith("previous_hash: a hash must be 64 lowercase hexadecimal digits: \"c6a1");
        assertThat(explain("[]")).isEqualTo("the document has a value of the wrong type");
        assertThat(explain("{\"index\": 1"))
                .isEqualTo("Unexpected end-of-input: expected close marker for Object at line 1, column 12");
        assertThat(explain("{\"index\": oops}")).contains("oops").endsWith("at line 1, column 11");
    }

    private static String explain(String json) {
        try {
            return "no fault in " + WireFormat.mapper().readValue(json, Block.class);
        } catch (JacksonException e) {
            return ReceivedJson.explain(e);
        }
    }
}
