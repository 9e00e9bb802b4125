#pragma once

// The forms in which a secret may stand in a text, written down once more and otherwise than in
// secrets/forms.h, which undoes them: a mistake in the one is none in the other.

#include <cstdint>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "ocokit/base/encoding.h"

namespace ocokit::mock::testing {

// A text that holds a secret, and what of it must not be shown.
struct Planted {
  std::string text;
  std::string telltale;
};

inline std::string Hex(std::string_view text, const char* format) {
  std::string out;
  for (const char c : text) {
    char digits[16];
    std::snprintf(digits, sizeof digits, format, static_cast<unsigned char>(c));
    out += digits;
  }
  return out;
}

// What base64 makes of the secret with `before` bytes before it and others behind it; the telltale
// is without the characters in which those have a part.
inline Planted InBase64(const std::string& secret, std::size_t before, bool url) {
  std::string text = FormatBase64(std::string(before, 'a') + secret + "zz");
  if (url) {
    for (char& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
    while (text.ends_with('=')) text.pop_back();
  }
  const std::size_t first = (before * 8 + 5) / 6;
  return {text, text.substr(first, (before + secret.size()) * 8 / 6 - first)};
}

// Each character by itself, for those that `choose` takes; the others as they are.
template <typename Choose>
std::string EachAs(std::string_view text, const char* format, Choose choose) {
  std::string out;
  for (const char c : text) out += choose(c) ? Hex({&c, 1}, format) : std::string(1, c);
  return out;
}

inline bool IsPlain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// `\/`, `\"` and `\\`; control characters as `\uXXXX`.
inline std::string JsonEscaped(std::string_view text, bool slashes) {
  std::string out;
  for (const char c : text) {
    const bool plain = c != '"' && c != '\\' && (c != '/' || !slashes);
    if (static_cast<unsigned char>(c) < 0x20) {
      out += Hex({&c, 1}, "\\u%04x");
    } else {
      out += plain ? std::string(1, c) : std::string("\\") + c;
    }
  }
  return out;
}

// ASCII alone can be written so: a byte is no character beyond it.
inline bool IsAscii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// How each form is made; of some, `random` chooses the characters. Both outlive it.
inline std::vector<std::function<Planted()>> MakersOf(const std::string& secret,
                                                      std::mt19937& random) {
  const auto all = [](char) { return true; };
  const auto awkward = [](char c) { return !IsPlain(c); };
  const auto some = [&random](char c) { return c == '%' || random() % 3 == 0; };
  std::vector<std::function<Planted()>> out;
  const auto add = [&](auto make) {
    out.push_back([make] {
      const std::string text = make();
      return Planted{text, text};
    });
  };
  add([&] { return secret; });
  for (const char* format : {"%%%02X", "%%%02x"}) {
    add([&, format, all] { return EachAs(secret, format, all); });
    add([&, format, awkward] { return EachAs(secret, format, awkward); });
    add([&, format, some] { return EachAs(secret, format, some); });
  }
  add([&, awkward] {  // as a form has it
    std::string form = EachAs(secret, "%%%02X", [&](char c) { return c != ' ' && awkward(c); });
    for (char& c : form) c = c == ' ' ? '+' : c;
    return form;
  });
  add([&] { return Hex(secret, "%02x"); });
  add([&] { return Hex(secret, "%02X"); });
  for (std::size_t before = 0; before < 3; ++before) {
    out.push_back([&, before] { return InBase64(secret, before, false); });
    out.push_back([&, before] { return InBase64(secret, before, true); });
  }
  out.push_back([&] { return InBase64(JsonEscaped(secret, true), 2, false); });
  add([&] { return JsonEscaped(secret, true); });
  add([&] { return JsonEscaped(secret, false); });
  if (IsAscii(secret)) {
    add([&, all] { return EachAs(secret, "\\u%04x", all); });
    add([&, some] {
      return EachAs(secret, "\\u%04X", [&](char c) { return c == '\\' || some(c); });
    });
  }
  return out;
}

// The secret in every form.
inline std::vector<Planted> FormsOf(const std::string& secret, std::mt19937& random) {
  std::vector<Planted> out;
  for (const auto& make : MakersOf(secret, random)) out.push_back(make());
  return out;
}

}  // namespace ocokit::mock::testing
