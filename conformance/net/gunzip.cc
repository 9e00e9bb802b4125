#include "conformance/net/gunzip.h"

#include <zlib.h>

#include <array>

namespace ocokit::conform {

Result<std::string> Gunzip(std::string_view bytes, std::size_t most) {
  constexpr int kGzipAlone = 16;  // beside the window's size: no zlib header will do
  z_stream stream{};
  if (inflateInit2(&stream, kGzipAlone + MAX_WBITS) != Z_OK) {
    return Fail(ErrorKind::kUnavailable, "zlib does not start");
  }
  // zlib writes nothing there, though its type would let it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 16384> part;
  int status = Z_OK;
  while (status == Z_OK && out.size() <= most) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = part.size();
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(part.data(), part.size() - stream.avail_out);
  }
  const std::size_t left = stream.avail_in;
  inflateEnd(&stream);
  if (out.size() > most) {
    return Fail(ErrorKind::kOutOfRange, "gzip of more than " + std::to_string(most) + " bytes");
  }
  if (status == Z_DATA_ERROR) return Fail(ErrorKind::kInvalidArgument, "no gzip");
  if (status != Z_STREAM_END) return Fail(ErrorKind::kInvalidArgument, "gzip that is not whole");
  if (left != 0) return Fail(ErrorKind::kInvalidArgument, "bytes behind the gzip");
  return out;
}

}  // namespace ocokit::conform
