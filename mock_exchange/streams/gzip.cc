#include "mock_exchange/streams/gzip.h"

#include <zlib.h>

#include <utility>

#include "ocokit/base/check.h"

namespace ocokit::mock::streams {
namespace {

// What zlib works with: 260 KiB, which take longer to get than a frame to compress.
class Deflater {
 public:
  Deflater() {
    constexpr int kGzip = 16;  // zlib.h, deflateInit2: a gzip header in place of zlib's own
    OCOKIT_CHECK(deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, MAX_WBITS + kGzip, MAX_MEM_LEVEL,
                              Z_DEFAULT_STRATEGY) == Z_OK,
                 "zlib has no memory");
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string Run(std::string_view text) {
    OCOKIT_CHECK(deflateReset(&stream_) == Z_OK, "a stream that was begun rightly");
    std::string out(deflateBound(&stream_, text.size()), '\0');
    // zlib reads it alone, and has no const.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    OCOKIT_CHECK(deflate(&stream_, Z_FINISH) == Z_STREAM_END, "the bound holds all of it");
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string Gzip(std::string_view text) {
  thread_local Deflater deflater;
  return deflater.Run(text);
}

Message Compressed(std::string text) {
  Message out{.bytes = Gzip(text), .binary = true};
  out.text = std::move(text);
  return out;
}

}  // namespace ocokit::mock::streams
