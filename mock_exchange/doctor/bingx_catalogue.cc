// What BingX clients get wrong, in the order in which it is looked for.

#include <array>

#include "mock_exchange/doctor/examine.h"

namespace ocokit::mock::doctor {
namespace {

constexpr std::string_view kRule = "BingX-API/docs-v3, signature authentication (2025-10)";
constexpr std::string_view kSkill = "BingX-API/api-ai-skills, authentication (2026-04)";
constexpr std::string_view kCommon = "follows from the documented rule; no public report";
constexpr std::string_view kSort =
    "Sort the parameters by name, byte by byte, as the documents do, "
    "or send them in the order in which they are signed.";
constexpr std::string_view kSame =
    "Build the string once; sign it and send that very string, only "
    "the values percent-encoded.";
constexpr std::string_view kHash =
    "Use HMAC-SHA256 with the secret as the key, written as 64 "
    "hexadecimal digits.";
constexpr std::string_view kSecret =
    "Take the secret exactly as the venue shows it: no blank, line "
    "break, quotation mark or byte order mark around it.";
constexpr std::string_view kHex = "Write the digest as 64 hexadecimal digits and nothing else.";
constexpr std::string_view kKey =
    "Send the API key, as the venue shows it, in the header X-BX-APIKEY.";
constexpr std::string_view kMillis =
    "Send the time in whole milliseconds since 1970 UTC: 13 digits.";
constexpr std::string_view kClock =
    "Set the machine's clock by NTP, or take the time from the "
    "venue's /server/time and sign just before sending.";

constexpr std::array kRows = {
    // The request itself.
    Mistake{"double_slash_in_path", "two slashes stand in a row in the path",
            "Take the slash off the end of the base URL.",
            "whitebit-exchange/api-quickstart, README comments on the base URL; the same here"},
    Mistake{"wrong_path", "the path is almost that of a call",
            "Use the path of the documents, with /openApi/ and its capital letters.",
            "BingX-API/docs-v3, spot OCO pages (2025-10)"},
    Mistake{"get_instead_of_post", "GET was used for a call that is POST",
            "Send the call with POST.", "BingX-API/docs-v3, spot OCO pages (2025-10)"},
    Mistake{"post_instead_of_get", "POST was used for a call that is GET",
            "Send the call with GET.", "BingX-API/docs-v3, spot OCO pages (2025-10)"},
    Mistake{"key_header_missing", "no API key was sent", kKey, kRule},
    Mistake{"key_header_misnamed", "the API key's header has another name", kKey, kRule},
    Mistake{"key_with_blank",
            "a blank, line break, quotation mark or word stands around the API key", kKey,
            "users' reports of code 100413: blanks or line breaks copied with the key"},
    Mistake{"key_and_secret_swapped", "the secret stands where the API key belongs",
            "Exchange the two, and make a new pair: the secret went over the network.", kCommon},
    Mistake{"key_in_other_case", "the API key is in another case",
            "Send the key as it is; it is case-sensitive.", kCommon},
    Mistake{"key_unknown", "the API key is not this account's",
            "Check that key and environment belong together, and that the key is not stored "
            "encrypted.",
            "users' reports of code 100413: a key sent as it was stored, encrypted"},
    Mistake{"json_only_call_by_query", "a call that reads a JSON body alone was sent a query",
            "Send the parameters, timestamp and signature as a JSON body.", "ccxt issue #24379"},
    Mistake{"body_not_json", "the body begins like JSON and is not JSON",
            "Write the body with a JSON library.", "RFC 8259"},
    Mistake{"fragment_cut_the_url", "an unencoded '#' cut the URL, and the signature with it",
            "Percent-encode the values in the URL: '#' is %23.", "ccxt issue #19016"},
    Mistake{"signature_misnamed", "the signature's parameter has another name",
            "Name the parameter `signature`.", kRule},
    Mistake{"signature_in_header", "the signature was sent as a header",
            "Send it as the parameter `signature`, behind the others.", kRule},
    Mistake{"signature_outside_json_body", "the body is JSON, and the signature stands in the URL",
            "Put timestamp and signature inside the JSON object.", kSkill},
    Mistake{"signature_missing", "no signature was sent",
            "Sign every private call and send the parameter `signature`.",
            "Ming119/bingX-connector-python PR #9: signed in one branch of two"},
    // Its time.
    Mistake{"timestamp_missing", "no timestamp was sent",
            "Send `timestamp` with every signed call, and sign it, too.", kRule},
    Mistake{"timestamp_not_a_number", "the timestamp is not a whole number", kMillis, kRule},
    Mistake{"timestamp_in_seconds", "the timestamp is in seconds", kMillis, "ccxt issue #24131"},
    Mistake{"timestamp_in_microseconds", "the timestamp is in microseconds or nanoseconds", kMillis,
            kRule},
    Mistake{"recv_window_too_short", "recvWindow is shorter than the request's way took",
            "Leave recvWindow away (5000 ms), or give it a second or more.", kSkill},
    Mistake{"timestamp_too_old", "the timestamp is too old", kClock, "ccxt issue #24131"},
    Mistake{"timestamp_in_future", "the timestamp lies in the future", kClock, "ccxt issue #24131"},
    Mistake{"timestamp_twice", "there are two different timestamps",
            "Add the timestamp in one place alone, before signing.",
            "several bots: the client library adds one of its own"},
    Mistake{"recv_window_invalid", "recvWindow is not a number", "Send whole milliseconds.",
            kSkill},
    // What the signature looks like.
    Mistake{"wrong_published_sample", "the signature is the one printed in the documents",
            "The printed figure belongs to neither of the page's strings; compare with "
            "openssl dgst -sha256 -hmac.",
            kRule},
    Mistake{"signature_truncated", "the signature was cut", kHex, kCommon},
    Mistake{"signature_too_long", "something stands beside the signature's digits, or between them",
            kHex, kCommon},
    Mistake{"signature_damaged", "the signature was changed on its way, or is a placeholder", kHex,
            kCommon},
    Mistake{"signature_of_earlier_request", "the signature is that of an earlier request",
            "Sign each request anew.", kCommon},
    Mistake{"base64_signature", "the signature is in base64", kHex,
            "tigusigalpa/bingx-go up to 2.2.3; BingX's first API version"},
    Mistake{"signature_encoded_twice", "the hexadecimal digits were encoded once more", kHex,
            kCommon},
    Mistake{"raw_digest_signature", "the digest's bytes were sent as they are", kHex, kCommon},
    Mistake{"signature_not_hex", "the signature is not hexadecimal", kHex, kRule},
    // How it was computed.
    Mistake{"plain_sha256", "SHA-256 of text and secret in place of the HMAC", kHash, kCommon},
    Mistake{"hmac_sha512", "HMAC-SHA512 in place of HMAC-SHA256", kHash, kCommon},
    Mistake{"hmac_sha384", "HMAC-SHA384 in place of HMAC-SHA256", kHash, kCommon},
    Mistake{"hmac_sha1", "HMAC-SHA1 in place of HMAC-SHA256", kHash, kCommon},
    Mistake{"md5_signature", "MD5 in place of HMAC-SHA256", kHash, kCommon},
    Mistake{"hmac_arguments_swapped", "key and message of the HMAC are exchanged", kHash, kCommon},
    Mistake{"api_key_as_secret", "signed with the API key in place of the secret",
            "The key goes into the header, the secret into the HMAC.", kCommon},
    Mistake{"secret_with_newline", "signed with a line break around the secret", kSecret,
            "users' reports: a secret read from a file with its line end"},
    Mistake{"secret_with_blank", "signed with a blank around the secret", kSecret,
            "users' reports: a blank copied with the secret"},
    Mistake{"secret_with_byte_order_mark", "signed with a byte order mark before the secret",
            kSecret, "users' reports: a secret read from a file saved with one"},
    Mistake{"secret_in_quotes", "signed with quotation marks around the secret", kSecret, kCommon},
    Mistake{"secret_empty", "signed with an empty secret, or the word for nothing",
            "Check that the environment variable or file is there and is read.", kCommon},
    Mistake{"secret_in_other_case", "signed with the secret in another case", kSecret, kCommon},
    Mistake{"secret_cut", "signed without the secret's first or last characters", kSecret, kCommon},
    Mistake{"secret_with_text_beside_it",
            "signed with something beside the secret, such as its name or a semicolon", kSecret,
            kCommon},
    Mistake{"secret_decoded", "signed with the secret decoded from hexadecimal or base64",
            "Use the characters of the secret as they are; it is no encoding.", kRule},
    Mistake{"secret_encoded",
            "signed with the secret encoded in hexadecimal, base64 or UTF-16, or hashed",
            "Use the characters of the secret as they are.", kRule},
    // What was signed.
    Mistake{"parameters_sent_twice", "query and body hold the same parameters, signed once",
            "Send the parameters in the query or in the body.",
            "a trading bot's own note, \"BingX API Signature Fix\""},
    Mistake{"body_not_signed", "the query was signed, and the body not",
            "Sign the parameters of the body, too.", "BingX-API/BingX-swap-api-doc (2022)"},
    Mistake{"query_not_signed", "the body was signed, and the query not",
            "Sign the parameters of the query, too.", "BingX-API/BingX-swap-api-doc (2022)"},
    Mistake{"body_signed_before_query", "the body's parameters were signed before the query's",
            kSort, "BingX-API/BingX-swap-api-doc (2022)"},
    Mistake{"timestamp_appended_last", "the timestamp was signed last and sent elsewhere", kSort,
            "vispar-tech/bingx-py; the documents' python sample"},
    Mistake{"timestamp_not_signed", "the timestamp was not signed",
            "Add the timestamp before signing.", kRule},
    Mistake{"recv_window_not_signed", "recvWindow was not signed", "Add recvWindow before signing.",
            kRule},
    Mistake{"empty_parameter_not_signed", "an empty parameter was sent and not signed",
            "Leave empty parameters out of both.", "PipedreamHQ/pipedream issue #6556"},
    Mistake{"repeated_key_signed_once", "a parameter that is sent several times was signed once",
            "Send each parameter once.", kCommon},
    Mistake{"sorted_ignoring_case", "the names were sorted without regard to case", kSort, kRule},
    Mistake{"pairs_sorted_not_keys", "whole pairs were sorted in place of names", kSort, kRule},
    Mistake{"keys_in_written_order",
            "the parameters were signed unsorted and sent in another order", kSort,
            "ccxt issue #26207; BingX-API/docs-v3 examples"},
    Mistake{"encoded_text_signed", "the percent-encoded text was signed",
            "Sign the values as they are before percent-encoding.",
            "ccxt issues #18846 and #23196"},
    Mistake{"leading_question_mark", "the '?' was signed with the query", kSame, kCommon},
    Mistake{"trailing_ampersand", "an '&' was signed before the first pair or behind the last",
            kSame, kCommon},
    Mistake{"pairs_joined_without_ampersand", "the pairs were joined without '&'",
            "Join the pairs with '&'.", "BingX-API/BingX-swap-api-doc, the mixed rule, misread"},
    Mistake{"method_and_path_signed", "method or path was signed with the parameters",
            "Sign the parameters alone.",
            "BingX-API/BingX-swap-api-doc issue #4: the first version"},
    Mistake{"more_than_parameters_signed", "more than the parameters was signed",
            "Sign the parameters alone, as they are sent.", kCommon},
    Mistake{"less_than_parameters_signed", "less than the parameters was signed",
            "Sign `name=value` of every parameter, joined by '&'.", kCommon},
    Mistake{"text_changed_before_signing", "the whole text was changed before it was signed",
            "Sign the text itself: no digest or encoding of it, and its letters as they are.",
            kCommon},
    Mistake{"json_body_signed", "the JSON text was signed",
            "Sign `name=value` joined by '&', sorted, also of a JSON body.", kSkill},
    Mistake{"spaced_json_body_signed", "the JSON text was signed, with blanks",
            "Sign `name=value` joined by '&', sorted, also of a JSON body.", kSkill},
    Mistake{"number_reformatted", "a number was signed in other digits than it was sent in", kSame,
            "JKorf/BingX.Net: invariant formatting, for this reason"},
    Mistake{"numbers_formatted_as_floats", "whole numbers were signed with '.0'", kSame,
            "vispar-tech/bingx-py: floats by str()"},
    Mistake{"exponent_form_signed", "a number was signed with an exponent", kSame,
            "vispar-tech/bingx-py: quantity=1e-07"},
    Mistake{"decimal_comma_signed", "a number was signed with a decimal comma",
            "Format numbers without the machine's locale.",
            "JKorf/BingX.Net: invariant culture, for this reason"},
    Mistake{"bool_formatted_by_language",
            "true, false or null was signed as the language prints it",
            "Sign `true`, `false` and `null` in small letters.",
            "JKorf/BingX.Net: lower-cased, for this"},
    Mistake{"blanks_in_nested_json",
            "nested JSON was signed with other blanks than it was sent with",
            "Write nested JSON once, compactly.", "ccxt issues #20606 and #24883"},
    Mistake{"array_quotes_lost", "an array was signed without its quotation marks or brackets",
            "Sign arrays as compact JSON.", "ccxt issue #24883, PR #24910"},
    Mistake{"json_quotes_signed", "strings of the JSON body were signed with their quotation marks",
            "Sign a string's characters without the marks.", kSkill},
    Mistake{"encoded_differently_than_sent",
            "values were signed in another encoding than they came in", kSame,
            "vispar-tech/bingx-py with requests or aiohttp, which encode again"},
    Mistake{"encoded_twice", "values were encoded or decoded once too often", kSame,
            "users' reports: aiohttp without encoded=True"},
    Mistake{"timestamp_in_seconds_signed",
            "the timestamp was signed in seconds, sent in milliseconds",
            "Take the timestamp once, in milliseconds.", kCommon},
    Mistake{"timestamp_made_twice",
            "the timestamp was taken twice: signed with one, sent with another",
            "Take the timestamp once.", "several bots: now() for the string and for the URL"},
    Mistake{"parameter_not_signed", "one parameter was sent and not signed",
            "Add every parameter before signing.", "PipedreamHQ/pipedream issue #6556"},
    Mistake{"signed_but_not_sent", "parameters were signed and not sent",
            "Drop empty and undefined parameters before signing.",
            "PipedreamHQ/pipedream issue #6556, PR #6558"},
    Mistake{"changed_after_signing", "a value was changed after signing", kSame, kCommon},
    Mistake{
        "secret_or_text_unknown", "signed with another secret, or over a text not known here",
        "Compare the string you sign with the expected one. Where they are equal, the secret is "
        "not this account's: copy it anew.",
        kCommon},
};

}  // namespace

std::span<const Mistake> BingxCatalogue() { return kRows; }

}  // namespace ocokit::mock::doctor
