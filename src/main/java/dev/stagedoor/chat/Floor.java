package dev.stagedoor.chat;

import dev.stagedoor.platform.http.ApiException;

/**
 * Whether someone may say something in a channel, as far as the stream whose chat it may be has a say in it.
 *
 * @param isOn whether anyone writes
 * @param admits whether this one is among those who do
 */
record Floor(boolean isOn, boolean admits) {

    void require() {
        if (!isOn) {
            throw new ApiException(403, "chat-off", "The chat of this stream is switched off");
        }
        if (!admits) {
            throw new ApiException(403, "participants-only", "Only who takes part in this stream writes in its chat");
        }
    }
}
