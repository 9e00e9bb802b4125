// What WhiteBIT clients get wrong, in the order in which it is looked for.

#include <array>

#include "mock_exchange/doctor/examine.h"

namespace ocokit::mock::doctor {
namespace {

constexpr std::string_view kRule = "WhiteBIT documentation, authentication (2026-08)";
constexpr std::string_view kFirstCall = "WhiteBIT documentation, first API call (2026-04)";
constexpr std::string_view kCommon = "follows from the documented rule; no public report";
constexpr std::string_view kBase64 =
    "Encode the JSON once, in standard base64 with its padding, in "
    "one line.";
constexpr std::string_view kOnce =
    "Write the JSON once, compactly; encode those bytes and send "
    "those bytes.";
constexpr std::string_view kHash =
    "Use HMAC-SHA512 with the secret as the key, written as 128 "
    "hexadecimal digits in small letters.";
constexpr std::string_view kHex = "Write the digest as 128 hexadecimal digits in small letters.";
constexpr std::string_view kSign = "Sign the text of X-TXC-PAYLOAD and nothing else.";
constexpr std::string_view kSecret =
    "Take the secret exactly as the venue shows it: no blank, line "
    "break, quotation mark or byte order mark around it.";
constexpr std::string_view kHeaders = "Send X-TXC-APIKEY, X-TXC-PAYLOAD and X-TXC-SIGNATURE.";
constexpr std::string_view kRequest =
    "Put the path into `request`, as in "
    "/api/v4/order/collateral/oco: no host, no query, no slash at "
    "its end.";
constexpr std::string_view kNonce =
    "Take the time in milliseconds for each request, and raise it "
    "where it is not larger than the last.";
constexpr std::string_view kWindow =
    "With nonceWindow, send the time in milliseconds, and set the "
    "clock by NTP.";
constexpr std::string_view kParallel =
    "Send the requests of a key one after the other, or with "
    "nonceWindow and a nonce of its own for each.";

constexpr std::array kRows = {
    // The request itself.
    Mistake{"double_slash_in_path", "two slashes stand in a row in the path",
            "Take the slash off the end of the base URL.",
            "whitebit-exchange/api-quickstart, Rust example and README comments"},
    Mistake{"wrong_path", "the path is almost that of a call", "Use the path of the documents.",
            "published code with /api/v4/orders/oco and /api/v4/orders/conditional"},
    Mistake{"get_instead_of_post", "GET was used for a private call",
            "Send every private call with POST and a JSON body.", kRule},
    Mistake{"bearer_in_place_of_signature", "a bearer token was sent in place of a signature",
            "The venue knows no bearer tokens. Sign each request.",
            "whitebit-exchange/python-sdk, generated client (2026-03): it does not sign"},
    Mistake{"key_header_missing", "no API key was sent", kHeaders, kRule},
    Mistake{"key_header_misnamed", "the API key's header has another name", kHeaders, kRule},
    Mistake{"key_with_blank",
            "a blank, line break, quotation mark or word stands around the API key",
            "Send the key as the venue shows it.", kCommon},
    Mistake{"key_and_secret_swapped", "the secret stands where the API key belongs",
            "Exchange the two, and make a new pair: the secret went over the network.", kCommon},
    Mistake{"key_in_other_case", "the API key is in another case",
            "Send the key as it is; it is case-sensitive.", kCommon},
    Mistake{"key_unknown", "the API key is not this account's",
            "Check that the key was not made anew, and belongs to this account.", kFirstCall},
    Mistake{"payload_header_missing", "no payload was sent", kHeaders, kRule},
    Mistake{"payload_header_misnamed", "the payload's header has another name", kHeaders, kRule},
    // The payload.
    Mistake{"base64_twice", "the payload was encoded twice", kBase64, kCommon},
    Mistake{"payload_bytes_repr", "the payload is python's b'...'",
            "Decode the bytes: base64.b64encode(body).decode().",
            "doubledare704/aiowhitebit, comment on the header's type"},
    Mistake{"base64_line_wrapped", "the payload's base64 is broken into lines", kBase64,
            "openssl base64 without -A; Ruby's encode64"},
    Mistake{"base64_percent_encoded", "the payload was percent-encoded", kBase64, kCommon},
    Mistake{"base64_padding_missing", "the payload's padding is missing", kBase64,
            "whitebit-exchange/api-quickstart, C++: padding by hand"},
    Mistake{"base64_padding_wrong", "the payload's padding is wrong", kBase64,
            "whitebit-exchange/api-quickstart, C++: padding by hand"},
    Mistake{"base64_unused_bits", "the payload's last character has bits that belong to no byte",
            kBase64, "RFC 4648 section 3.5"},
    Mistake{"base64url_payload", "the payload is in the alphabet of base64url", kBase64,
            "RFC 4648 section 5"},
    Mistake{"payload_and_signature_swapped", "payload and signature stand in each other's header",
            kHeaders, kCommon},
    Mistake{"payload_not_base64", "the payload is not base64", kBase64, kRule},
    Mistake{"members_in_query", "the parameters stand in the query",
            "Send them as members of the JSON body.", kRule},
    Mistake{"body_missing", "there is no body",
            "Send the JSON as the body, too; the header does not replace it.", kRule},
    Mistake{"byte_order_mark_in_payload", "a byte order mark stands before the JSON",
            "Write the JSON as UTF-8 without one.", "RFC 8259 section 8.1"},
    Mistake{"body_compressed", "the body is compressed", "Send the body as it is.", kCommon},
    Mistake{"body_not_json", "the body is not JSON",
            "Send the signed JSON as the body, with Content-Type: application/json.", kRule},
    Mistake{"body_not_object", "the body is JSON and no object", "Send a JSON object.", kRule},
    Mistake{"payload_not_json", "the payload is the base64 of something else than a JSON object",
            kOnce, kRule},
    Mistake{"duplicate_key", "a member stands twice", "Write each member once.",
            "RFC 8259 section 4"},
    Mistake{"nonce_made_twice", "payload and body have different nonces",
            "Make the JSON once, with its nonce, for both.", kCommon},
    Mistake{"number_reformatted", "a number is written differently in payload and body",
            "Send decimals as strings, and the very bytes that were encoded.", kCommon},
    Mistake{"number_as_string",
            "a value is a number in one of payload and body, a string in the other", kOnce,
            kCommon},
    Mistake{"bool_as_string", "a boolean is a string in one of payload and body", kOnce,
            "WhiteBIT documentation, the page's own signing form (2026)"},
    Mistake{"changed_after_signing", "payload and body do not hold the same", kOnce, kRule},
    Mistake{"body_rewritten_after_signing", "the body is not the bytes that were encoded",
            "Hand the HTTP library the text, not an object that it writes again.",
            "whitebit-exchange/python-sdk, whitebit/client.py (2023)"},
    Mistake{"keys_sorted_in_payload", "the payload's members are sorted, the body's not", kOnce,
            kCommon},
    Mistake{"body_reordered_after_signing", "the body's members stand in another order", kOnce,
            kCommon},
    Mistake{"spaced_json_in_payload", "the payload's JSON has blanks",
            "Write it compactly: json.dumps(body, separators=(',', ':')).", kFirstCall},
    Mistake{"newline_in_payload", "a line break stands behind the payload's JSON",
            "Leave it out: printf in place of echo.", kCommon},
    Mistake{"escaped_slashes_in_payload", "the payload's JSON has `\\/` for `/`",
            "In PHP: json_encode($body, JSON_UNESCAPED_SLASHES).",
            "whitebit-exchange/api-quickstart, PHP; whitebit-exchange/php-sdk"},
    Mistake{"unicode_escaped_in_payload", "the payload's JSON has letters as `\\u` and digits",
            "In python: json.dumps(body, ensure_ascii=False, separators=(',', ':')).", kCommon},
    Mistake{"payload_not_compact", "the payload's JSON is not the compact form", kOnce, kFirstCall},
    // The signature.
    Mistake{"signature_header_missing", "no signature was sent", kHeaders, kRule},
    Mistake{"signature_header_misnamed", "the signature's header has another name", kHeaders,
            kRule},
    Mistake{"signature_truncated", "the signature was cut", kHex, kCommon},
    Mistake{"signature_too_long", "something stands beside the signature's digits, or between them",
            kHex, kCommon},
    Mistake{"signature_damaged", "the signature was changed on its way, or is a placeholder", kHex,
            kCommon},
    Mistake{"signature_of_earlier_request", "the signature is that of an earlier request",
            "Sign each request anew.", kCommon},
    Mistake{"upper_case_hex", "the signature is in capital letters", kHex,
            "JKorf/WhiteBit.Net: lower-cased, for this reason"},
    Mistake{"base64_signature", "the signature is in base64", kHex, kCommon},
    Mistake{"signature_encoded_twice", "the hexadecimal digits were encoded once more", kHex,
            kCommon},
    Mistake{"raw_digest_signature", "the digest's bytes were sent as they are", kHex, kCommon},
    Mistake{"signature_not_hex", "the signature is not hexadecimal", kHex, kRule},
    Mistake{"hmac_sha256", "HMAC-SHA256 in place of HMAC-SHA512", kHash, kCommon},
    Mistake{"hmac_sha384", "HMAC-SHA384 in place of HMAC-SHA512", kHash, kCommon},
    Mistake{"hmac_sha1", "HMAC-SHA1 in place of HMAC-SHA512", kHash, kCommon},
    Mistake{"md5_signature", "MD5 in place of HMAC-SHA512", kHash, kCommon},
    Mistake{"plain_sha512", "SHA-512 of text and secret in place of the HMAC", kHash, kCommon},
    Mistake{"hmac_arguments_swapped", "key and message of the HMAC are exchanged", kHash, kCommon},
    Mistake{"api_key_as_secret", "signed with the API key in place of the secret",
            "The key goes into X-TXC-APIKEY, the secret into the HMAC.", kCommon},
    Mistake{"secret_with_newline", "signed with a line break around the secret", kSecret, kCommon},
    Mistake{"secret_with_blank", "signed with a blank around the secret", kSecret, kCommon},
    Mistake{"secret_with_byte_order_mark", "signed with a byte order mark before the secret",
            kSecret, kCommon},
    Mistake{"secret_in_quotes", "signed with quotation marks around the secret", kSecret, kCommon},
    Mistake{"secret_empty", "signed with an empty secret, or the word for nothing",
            "Check that the environment variable or file is there and is read.", kCommon},
    Mistake{"secret_in_other_case", "signed with the secret in another case", kSecret, kCommon},
    Mistake{"secret_cut", "signed without the secret's first or last characters", kSecret, kCommon},
    Mistake{"secret_with_text_beside_it",
            "signed with something beside the secret, such as its name or a semicolon", kSecret,
            kCommon},
    Mistake{"secret_decoded", "signed with the secret decoded from hexadecimal or base64",
            "Use the characters of the secret as they are, also where they look like hexadecimal.",
            kCommon},
    Mistake{"secret_encoded",
            "signed with the secret encoded in hexadecimal, base64 or UTF-16, or hashed",
            "Use the characters of the secret as they are.", kCommon},
    Mistake{"signed_json_not_base64", "the JSON was signed in place of its base64", kSign,
            kFirstCall},
    Mistake{"other_payload_signed", "another payload was signed than the one sent", kSign, kCommon},
    Mistake{"payload_newline_signed", "line breaks were signed in or behind the payload",
            "Sign without it: printf in place of echo, openssl base64 -A.", kCommon},
    Mistake{"path_signed", "method or path was signed with the payload", kSign, kCommon},
    Mistake{"key_signed", "the API key was signed with the payload", kSign, kCommon},
    Mistake{"nonce_signed", "the nonce was signed with the payload", kSign, kCommon},
    Mistake{"form_string_signed", "`name=value` pairs were signed, as on other exchanges", kSign,
            kCommon},
    Mistake{"secret_or_text_unknown", "signed with another secret, or over a text not known here",
            "Compare the text you sign with the expected one. Where they are equal, the secret is "
            "not this account's: copy it anew, or that of the key that was made last.",
            kFirstCall},
    // `request` and nonce.
    Mistake{"request_missing", "the body has no `request`", kRequest, kRule},
    Mistake{"request_is_a_url", "`request` holds the host", kRequest, kFirstCall},
    Mistake{"request_has_query", "`request` holds a query", kRequest, kFirstCall},
    Mistake{"request_has_trailing_slash", "`request` ends with a slash", kRequest, kFirstCall},
    Mistake{"request_lacks_prefix", "`request` lacks the beginning of the path", kRequest,
            kFirstCall},
    Mistake{"request_in_other_case", "`request` is in another case than the path", kRequest,
            kFirstCall},
    Mistake{"request_not_plain",
            "`request` is the path with a method, blanks, a second slash or percent-encoding",
            kRequest, kCommon},
    Mistake{"request_of_another_call", "`request` is not the path that was called", kRequest,
            kFirstCall},
    Mistake{"nonce_missing", "the body has no nonce", kNonce, kRule},
    Mistake{"nonce_not_whole", "the nonce is not a whole number", kNonce, kRule},
    Mistake{"nonce_window_not_boolean", "nonceWindow is not true or false",
            "Write true or false without quotation marks.", kRule},
    Mistake{"nonce_in_seconds", "the nonce is in seconds", kNonce,
            "whitebit-exchange/api-quickstart #14; ccxt #17948"},
    Mistake{"nonce_in_microseconds", "the nonce is finer than milliseconds with nonceWindow on",
            kWindow, "whitebit-exchange/api-quickstart PR #13"},
    Mistake{"nonce_too_old", "the nonce is older than the window", kWindow,
            "whitebit-exchange/api-quickstart #14"},
    Mistake{"nonce_too_new", "the nonce is ahead of the window", kWindow, kRule},
    Mistake{"request_sent_again", "the very same request was sent again",
            "Make a new nonce and sign anew for each try.",
            "anasiavara-jpg/whitebit-smart-bot, main.py: retries the signed body"},
    Mistake{"nonce_fixed", "the nonce is made once and used for every request", kNonce,
            "Toni-d-e-v/whitebit.py: nonce made in the constructor"},
    Mistake{"nonce_repeated", "the nonce was used before", kParallel, "ccxt #25796"},
    Mistake{"nonce_unit_lowered", "earlier nonces of the key were in a finer unit",
            "Use a key that has seen no larger nonces, or go back to the finer unit.",
            "ccxt PR #25353; whitebit-exchange/api-quickstart PHP until 2022-06"},
    Mistake{"nonce_out_of_order", "the nonce is a little below the last one", kParallel,
            "WhiteBIT staff in whitebit-exchange/api-docs PR #5 (2023-03)"},
    Mistake{"clock_set_back", "the nonce is far below the last one",
            "Set the clock, or keep the last nonce and raise it.", kCommon},
};

}  // namespace

std::span<const Mistake> WhitebitCatalogue() { return kRows; }

}  // namespace ocokit::mock::doctor
