#pragma once

// ClientId: the id that a client gives an order, or nothing. One pointer, where a std::string takes
// four words: most orders have none, and an open order is weighed by its bytes.

#include <concepts>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace ocokit::mock::engine {

class ClientId {
 public:
  ClientId() = default;
  template <typename Text>
  requires(std::convertible_to<const Text&, std::string_view> && !std::same_as<Text, ClientId>)
      // NOLINTNEXTLINE(google-explicit-constructor): it is a text like others.
      ClientId(const Text& text)
      : ClientId(std::string_view(text), Tag()) {}
  ClientId(const ClientId& other) : ClientId(other.text(), Tag()) {}
  ClientId& operator=(const ClientId& other) { return *this = ClientId(other.text(), Tag()); }
  ClientId(ClientId&&) = default;
  ClientId& operator=(ClientId&&) = default;
  ~ClientId() = default;

  [[nodiscard]] bool empty() const { return text_ == nullptr; }
  // Holds as long as this.
  [[nodiscard]] std::string_view text() const {
    if (text_ == nullptr) return {};
    std::uint32_t size = 0;
    std::memcpy(&size, text_.get(), sizeof(size));
    return {text_.get() + sizeof(size), size};
  }
  // NOLINTNEXTLINE(google-explicit-constructor)
  operator std::string_view() const { return text(); }
  [[nodiscard]] std::string str() const { return std::string(text()); }

  friend bool operator==(const ClientId& a, const ClientId& b) { return a.text() == b.text(); }
  template <typename Text>
  requires std::convertible_to<const Text&, std::string_view>
  friend bool operator==(const ClientId& a, const Text& b) {
    return a.text() == std::string_view(b);
  }

 private:
  struct Tag {};
  ClientId(std::string_view text, Tag /*tag*/) {
    if (text.empty()) return;
    const auto size = static_cast<std::uint32_t>(text.size());
    text_ = std::make_unique<char[]>(sizeof(size) + size);  // NOLINT(modernize-avoid-c-arrays)
    std::memcpy(text_.get(), &size, sizeof(size));
    std::memcpy(text_.get() + sizeof(size), text.data(), size);
  }

  std::unique_ptr<char[]> text_;  // its size and it; NOLINT(modernize-avoid-c-arrays)
};

}  // namespace ocokit::mock::engine
