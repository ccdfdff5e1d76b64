package dev.tidemark.stream.hub;

import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.CodecFactory;
import org.apache.qpid.protonj2.codec.Decoder;
import org.apache.qpid.protonj2.codec.DecoderState;
import org.apache.qpid.protonj2.codec.Encoder;
import org.apache.qpid.protonj2.codec.EncoderState;
import org.apache.qpid.protonj2.types.messaging.Section;

import java.util.ArrayList;
import java.util.List;

/** Messages as objects, for the few that are not events: requests, answers, annotations. */
final class Sections {

    private Sections() {
    }

    static ProtonBuffer encode(List<? extends Section<?>> sections) {
        ProtonBuffer bytes = ProtonBufferAllocator.defaultAllocator().allocate();
        Encoder encoder = CodecFactory.getDefaultEncoder();
        EncoderState state = encoder.newEncoderState();
        for (Section<?> section : sections) {
            encoder.writeObject(bytes, state, section);
            state.reset();
        }
        return bytes;
    }

    static List<Section<?>> decode(ProtonBuffer bytes) {
        Decoder decoder = CodecFactory.getDefaultDecoder();
        DecoderState state = decoder.newDecoderState();
        List<Section<?>> sections = new ArrayList<>();
        while (bytes.isReadable()) {
            sections.add((Section<?>) decoder.readObject(bytes, state));
            state.reset();
        }
        return sections;
    }

    /** The section of a kind, or null. */
    static <T extends Section<?>> T find(List<Section<?>> sections, Class<T> kind) {
        return sections.stream().filter(kind::isInstance).map(kind::cast).findFirst().orElse(null);
    }
}
