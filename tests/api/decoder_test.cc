#include <logpress/logpress.hpp>

#include "api/api_test_util.h"
#include "api/test_allocator.h"

namespace logpress::api {
namespace {

Decoder NewDecoder(const logpress_options* options = nullptr) {
  logpress_decoder* decoder = nullptr;
  REQUIRE(logpress_decoder_new(options, &decoder) == LOGPRESS_OK);
  return Decoder(decoder);
}

struct Decoded {
  logpress_code code = LOGPRESS_OK;  // LOGPRESS_END when the stream was whole
  std::string raw;
  std::string message;
  int ends = 0;
};

// Puts `packed` in, `piece` bytes at a time, takes `room` bytes at a time, and finishes.
Decoded Decode(const std::string& packed, size_t piece, size_t room,
               const logpress_options* options = nullptr) {
  const Decoder decoder = NewDecoder(options);
  Decoded result;
  std::string out(room, '\0');
  size_t written = 0;
  const auto take = [&] {
    result.raw.append(out, 0, written);
    if (result.code == LOGPRESS_END) ++result.ends;
    return result.code <= LOGPRESS_END;
  };
  for (size_t at = 0; at < packed.size(); at += piece) {
    const size_t size = std::min(piece, packed.size() - at);
    size_t put = 0;
    do {
      size_t consumed = 0;
      result.code = logpress_decoder_decompress(decoder.get(), packed.data() + at + put, size - put,
                                                &consumed, out.data(), out.size(), &written);
      REQUIRE(consumed <= size - put);
      REQUIRE(written <= room);
      put += consumed;
      if (!take()) {
        result.message = logpress_decoder_message(decoder.get());
        // It stays.
        REQUIRE(logpress_decoder_finish(decoder.get(), out.data(), room, &written) == result.code);
        return result;
      }
    } while (put < size || written == room);
  }
  const int ends = result.ends;
  do {
    result.code = logpress_decoder_finish(decoder.get(), out.data(), room, &written);
  } while (take() && result.code != LOGPRESS_END);
  result.ends = ends;
  result.message = logpress_decoder_message(decoder.get());
  return result;
}

TEST_CASE("what was put in comes out, whatever the pieces on either side") {
  const std::string raw = LogLines(300);
  const std::string packed = Pack(raw, Blocks(3000)) + Pack("") + Pack("no newline");
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}, packed.size()}) {
    for (const size_t room : {size_t{1}, size_t{100}, size_t{1} << 20}) {
      logpress_options options = logpress_default_options();
      options.threads = piece == 7 ? 3 : 1;
      const Decoded decoded = Decode(packed, piece, room, &options);
      INFO(piece << " in, " << room << " out: " << decoded.message);
      CHECK(decoded.code == LOGPRESS_END);
      CHECK(decoded.raw == raw + "no newline");
      CHECK(decoded.ends == 3);
    }
  }
}

TEST_CASE("nothing behind an archive is consumed") {
  const std::string packed = Pack(LogLines(50), Blocks(1000));
  const std::string all = packed + "something else";
  const Decoder decoder = NewDecoder();
  std::string out(size_t{1} << 16, '\0');
  size_t consumed = 0;
  size_t written = 0;
  REQUIRE(logpress_decoder_decompress(decoder.get(), all.data(), all.size(), &consumed, out.data(),
                                      out.size(), &written) == LOGPRESS_END);
  CHECK(consumed == packed.size());
  CHECK(out.substr(0, written) == LogLines(50));
}

TEST_CASE("what a writer has flushed comes out before more goes in") {
  std::string packed;
  const Writer writer = NewWriter(logpress_default_options(), &packed);
  const Decoder decoder = NewDecoder();
  std::string out(size_t{1} << 16, '\0');
  size_t at = 0;
  for (int i = 0; i < 5; ++i) {
    const std::string lines = LogLines(3, i);
    REQUIRE(logpress_writer_append(writer.get(), lines.data(), lines.size()) == LOGPRESS_OK);
    REQUIRE(logpress_writer_flush(writer.get()) == LOGPRESS_OK);
    size_t consumed = 0;
    size_t written = 0;
    REQUIRE(logpress_decoder_decompress(decoder.get(), packed.data() + at, packed.size() - at,
                                        &consumed, out.data(), out.size(),
                                        &written) == LOGPRESS_OK);
    CHECK(at + consumed == packed.size());
    CHECK(out.substr(0, written) == lines);
    at += consumed;
  }
}

TEST_CASE("a call without bytes waits for the threads") {
  const std::string raw = LogLines(300);
  const std::string packed = Pack(raw, Blocks(3000));
  const std::string torn = packed.substr(0, packed.size() - 20);  // all but the footer
  logpress_options options = logpress_default_options();
  options.threads = 4;
  const Decoder decoder = NewDecoder(&options);
  std::string out(size_t{1} << 16, '\0');
  std::string got;
  for (const size_t size : {torn.size(), size_t{0}}) {
    size_t consumed = 0;
    size_t written = 0;
    REQUIRE(logpress_decoder_decompress(decoder.get(), torn.data(), size, &consumed, out.data(),
                                        out.size(), &written) == LOGPRESS_OK);
    CHECK(consumed == size);
    got.append(out, 0, written);
  }
  CHECK(got == raw);
}

TEST_CASE("a torn stream gives all whole blocks and an error, wherever it ends") {
  const std::string raw = LogLines(40);
  const std::string packed = Pack(raw, Blocks(500));
  size_t most = 0;
  for (size_t size = 0; size < packed.size(); ++size) {
    const Decoded decoded = Decode(packed.substr(0, size), 100, 1000);
    INFO("cut at " << size << ": " << decoded.message);
    REQUIRE(decoded.code == (size < 4 ? LOGPRESS_NOT_AN_ARCHIVE : LOGPRESS_DAMAGED));
    REQUIRE(raw.compare(0, decoded.raw.size(), decoded.raw) == 0);
    REQUIRE(decoded.raw.size() >= most);
    most = decoded.raw.size();
  }
  CHECK(most == raw.size());
}

TEST_CASE("a changed byte never lets wrong bytes out") {
  const std::string raw = LogLines(40);
  const std::string packed = Pack(raw, Blocks(500));
  for (size_t at = 0; at < packed.size(); ++at) {
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ "\x01\x80\xff"[at % 3]);
    logpress_options options = logpress_default_options();
    options.threads = at % 5 == 0 ? 2 : 1;
    const Decoded decoded = Decode(damaged, 64 + at % 100, 1 + at % 700, &options);
    INFO("byte " << at << ": " << decoded.message);
    REQUIRE(decoded.code > LOGPRESS_END);
    REQUIRE_FALSE(decoded.message.empty());
    REQUIRE(raw.compare(0, decoded.raw.size(), decoded.raw) == 0);
  }
}

TEST_CASE("what is no archive is refused by its first bytes") {
  for (const std::string bytes : {"x", "plain text\n", "\x1f\x8b gzip, perhaps"}) {
    const Decoded decoded = Decode(bytes, 1, 10);
    CHECK(decoded.code == LOGPRESS_NOT_AN_ARCHIVE);
    CHECK(decoded.raw.empty());
  }
  CHECK(Decode("", 1, 10).code == LOGPRESS_NOT_AN_ARCHIVE);
}

TEST_CASE("a decoder takes memory for what came and not for what was announced") {
  // The head of a frame of 16 MiB, and a few bytes of it.
  std::string random(size_t{16} << 20, '\0');
  uint64_t state = 1;
  for (char& c : random) c = static_cast<char>((state = state * 6364136223846793005u + 1) >> 56);
  const std::string packed = Pack(random).substr(0, 1000);
  TestAllocator memory;
  logpress_options options = logpress_default_options();
  options.allocator = memory.get();
  {
    const Decoded decoded = Decode(packed, 10, 10, &options);
    CHECK(decoded.code == LOGPRESS_DAMAGED);
  }
  CHECK(memory.peak() < uint64_t{4} << 20);
  options.memory_limit = uint64_t{1} << 20;
  CHECK(Decode(packed, 10, 10, &options).code == LOGPRESS_MEMORY_LIMIT);
}

TEST_CASE("a decoder without memory says so, and goes on saying it") {
  const std::string packed = Pack(LogLines(200), Blocks(3000));
  FailEveryRequest([&](TestAllocator* allocator) {
    const logpress_options options = With(*allocator, 5);
    logpress_decoder* made = nullptr;
    logpress_code code = logpress_decoder_new(&options, &made);
    const Decoder decoder(made);
    std::string out(size_t{1} << 16, '\0');
    size_t consumed = 0;
    size_t written = 0;
    for (size_t at = 0; code == LOGPRESS_OK && at < packed.size(); at += consumed) {
      code = logpress_decoder_decompress(made, packed.data() + at, packed.size() - at, &consumed,
                                         out.data(), out.size(), &written);
    }
    if (code > LOGPRESS_END)
      CHECK(logpress_decoder_finish(made, out.data(), out.size(), &written) == code);
    return code == LOGPRESS_END ? LOGPRESS_OK : code;
  });
}

TEST_CASE("a missing buffer is an error and not a crash") {
  size_t n = 0;
  char byte = 0;
  const Decoder decoder = NewDecoder();
  CHECK(logpress_decoder_new(nullptr, nullptr) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_decoder_decompress(nullptr, &byte, 1, &n, &byte, 1, &n) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_decoder_decompress(decoder.get(), nullptr, 1, &n, &byte, 1, &n) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_decoder_decompress(decoder.get(), &byte, 1, nullptr, &byte, 1, &n) ==
        LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_decoder_finish(decoder.get(), nullptr, 1, &n) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(logpress_decoder_finish(decoder.get(), &byte, 1, nullptr) == LOGPRESS_INVALID_ARGUMENT);
  CHECK(std::string(logpress_decoder_message(nullptr)).empty());
  logpress_decoder_free(nullptr);
}

TEST_CASE("the decoder of C++ gives the same") {
  const std::string raw = LogLines(100);
  const std::string packed = Pack(raw, Blocks(2000));
  auto decoder = logpress::Decoder::New();
  REQUIRE(decoder.ok());
  std::span<const std::byte> rest = std::as_bytes(std::span(packed));
  std::vector<std::byte> room(333);
  std::string got;
  for (bool end = false; !end;) {
    const auto step = decoder->Decompress(&rest, room);
    REQUIRE(step.ok());
    got.append(reinterpret_cast<const char*>(step->raw.data()), step->raw.size());
    end = step->end;
  }
  CHECK(got == raw);
  CHECK(rest.empty());
  CHECK(decoder->Finish(room)->end);
}

}  // namespace
}  // namespace logpress::api
