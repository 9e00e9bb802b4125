#include "ocokit/mock/request_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mock_exchange/request_text/shell_words.h"

namespace ocokit::mock {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Headers(const Request& request) {
  std::string out;
  for (const Header& header : request.headers) out += header.name + "=" + header.value + ";";
  return out;
}

TEST(SplitWords, ReadsQuotesAsShellsDo) {
  const struct {
    const char* text;
    std::vector<std::string> want;
  } rows[] = {
      {"", {}},
      {"  a  b\t\nc ", {"a", "b", "c"}},
      {"a'b c'd\"e f\"g", {"ab cde fg"}},
      {"'' \"\"", {"", ""}},
      {R"(a\ b \" \\ \')", {"a b", "\"", "\\", "'"}},
      {R"("a\"b\\c\d\$e")", {R"(a"b\c\d$e)"}},
      {"a \\\n b", {"a", "b"}},
      {"a \\\r\n b", {"a", "b"}},
      {"\"a\\\nb\"", {"ab"}},
      {R"($'a\n\t\x41\u00e9\'\q')", {"a\n\tA\xc3\xa9'\\q"}},
      {"'$HOME `x`' \"5$\" $", {"$HOME `x`", "5$", "$"}},
      {"a b#c -# # d | e $F\n'#g' #", {"a", "b#c", "-#", "#g"}},
      {"a^b '^\"' ^", {"a^b", "^\"", "^"}},
  };
  for (const auto& row : rows) {
    const auto got = SplitWords(row.text);
    ASSERT_TRUE(got) << row.text << got.error().message;
    EXPECT_EQ(*got, row.want) << row.text;
  }
}

TEST(SplitWords, SaysWhatOnlyAShellCanDo) {
  const struct {
    const char* text;
    const char* error;
  } rows[] = {
      {"curl $URL", "$URL is known to the shell alone"},
      {"curl \"x${URL}y\"", "${URL}y is known"},
      {"curl \"$(date) x\"", "$(date) is known"},
      {"curl `date`", "`date` is known"},
      {"curl x | jq", "\"|\" outside quotes"},
      {"curl http://x/?a=1&b=2", "\"&\" outside quotes"},
      {"curl 'x", "a quote ' without its end"},
      {"curl \"x", "a quote \" without its end"},
      {"curl $'x", "a quote ' without its end"},
      {"curl ^\"https://h/?a=1^&b=2^\"", "take \"Copy as cURL (bash)\""},
      {"curl \"https://h/\" ^\r\n -H \"a: b\"", "take \"Copy as cURL (bash)\""},
  };
  for (const auto& row : rows) {
    const auto got = SplitWords(row.text);
    ASSERT_FALSE(got) << row.text;
    EXPECT_THAT(got.error().message, HasSubstr(row.error));
  }
}

TEST(ReadCurl, MakesTheRequestThatCurlSends) {
  const struct {
    const char* command;
    const char* method;
    const char* target;
    const char* headers;
    const char* body;
  } rows[] = {
      {"curl https://h/p?a=1", "GET", "/p?a=1", "Host=h;", ""},
      {"curl -sS -X POST 'https://h:81/p?a=1&b=2' -H 'K: v'", "POST", "/p?a=1&b=2",
       "Host=h:81;K=v;", ""},
      {"/usr/bin/curl -XDELETE h/p", "DELETE", "/p", "Host=h;", ""},
      {"curl h -d a=1 --data b=2", "POST", "/",
       "Host=h;Content-Type=application/x-www-form-urlencoded;", "a=1&b=2"},
      {"curl h/p -H 'content-type: application/json' --data-raw '@{}'", "POST", "/p",
       "Host=h;content-type=application/json;", "@{}"},
      {"curl h/p --json '{\"a\":1}'", "POST", "/p", "Host=h;Content-Type=application/json;",
       "{\"a\":1}"},
      {"curl -G h/p?x=1 -d a=1 --data-urlencode 'b=c d&'", "GET", "/p?x=1&a=1&b=c+d%26", "Host=h;",
       ""},
      {"curl -I h", "HEAD", "/", "Host=h;", ""},
      {"curl --url 'h/p#frag&signature=1' -o /dev/null -m5 --compressed -A me", "GET", "/p",
       "Host=h;User-Agent=me;", ""},
      {"curl 'h?a=1' -u me:pass", "GET", "/?a=1", "Host=h;Authorization=Basic;", ""},
      {"$ curl h/p", "GET", "/p", "Host=h;", ""},
      {"curl.exe h/p # why?", "GET", "/p", "Host=h;", ""},
      {"'C:\\Windows\\curl.exe' h", "GET", "/", "Host=h;", ""},
      {"curl -# -D - -c jar -E c --key k --connect-to ::a: --tlsv1.2 --tlsv1.3 --http3 h "
       "--http2-prior-knowledge --retry-delay 1 --retry-max-time 2 --interface lo",
       "GET", "/", "Host=h;", ""},
      {"curl h/p?x=1 --url-query 'b=c d'", "GET", "/p?x=1&b=c+d", "Host=h;", ""},
      {"curl h/p --url-query +b=c%20d --url-query e=~ -d a=1", "POST", "/p?b=c%20d&e=~",
       "Host=h;Content-Type=application/x-www-form-urlencoded;", "a=1"},
      {"curl h -d @file", "POST", "/", "Host=h;Content-Type=application/x-www-form-urlencoded;",
       "file:file"},
      {"curl h --data-binary @file", "POST", "/",
       "Host=h;Content-Type=application/x-www-form-urlencoded;", "file:\nfile"},
  };
  const ReadNamedFile read = [](const std::string& path) -> Result<std::string> {
    return path + ":\n" + path;
  };
  for (const auto& row : rows) {
    const auto got = ReadCurl(row.command, read);
    ASSERT_TRUE(got) << row.command << got.error().message;
    EXPECT_EQ(got->method, row.method) << row.command;
    EXPECT_EQ(got->target, row.target) << row.command;
    EXPECT_EQ(Headers(*got), row.headers) << row.command;
    EXPECT_EQ(got->body, row.body) << row.command;
  }
}

TEST(ReadCurl, SaysWhatItCannotRead) {
  const struct {
    const char* command;
    const char* error;
  } rows[] = {
      {"curl", "no URL"},
      {"curl -X", "-X needs a value"},
      {"curl --form a=b h", "--form sends multipart"},
      {"curl -Fa=b h", "--form sends multipart"},
      {"time curl h", "\"time\" before curl"},
      {"env A=b curl h", "\"env\" before curl"},
      {"KEY=k curl h", "\"KEY\" before curl"},
      {"curl -sZ h", "-Z is not known"},
      {"curl a b", "two URLs: a and b"},
      {"curl h -H nothing", "a header must be like"},
      {"curl h -d @file", "cannot be seen from here"},
  };
  for (const auto& row : rows) {
    const auto got = ReadCurl(row.command);
    ASSERT_FALSE(got) << row.command;
    EXPECT_THAT(got.error().message, HasSubstr(row.error)) << row.command;
  }
}

TEST(ReadHttpRequest, ReadsLinesWithAndWithoutCarriageReturn) {
  for (const char* end : {"\n", "\r\n"}) {
    std::string text = "POST /p?a=b c HTTP/1.1|Host: h|X-Key:  v |Empty:||{\"a\": 1}|";
    std::string with;
    for (const char c : text) with += c == '|' ? std::string(end) : std::string(1, c);
    const auto got = ReadHttpRequest(with);
    ASSERT_TRUE(got) << got.error().message;
    EXPECT_EQ(got->method, "POST");
    EXPECT_EQ(got->target, "/p?a=b c");
    EXPECT_EQ(Headers(*got), "Host=h;X-Key=v;Empty=;");
    EXPECT_EQ(got->body, "{\"a\": 1}");
  }
}

TEST(ReadHttpRequest, TheLengthDecidesWhereTheBodyEnds) {
  EXPECT_EQ(ReadHttpRequest("POST / HTTP/1.1\nContent-Length: 3\n\nabc\n\n")->body, "abc");
  EXPECT_EQ(ReadHttpRequest("POST / HTTP/1.1\nContent-Length: 4\n\nabc\n\n")->body, "abc\n");
  EXPECT_EQ(ReadHttpRequest("POST / HTTP/1.1\n\nabc\n\n")->body, "abc\n");
  EXPECT_EQ(ReadHttpRequest("GET / HTTP/1.0")->body, "");
}

TEST(ReadHttpRequest, ReadsWhatCurlShows) {
  for (const char* text :
       {"> POST /p?a=1 HTTP/2\r\n> Host: h\r\n> \r\n", "\n\r\n> POST /p?a=1 HTTP/2\n> Host: h\n>\n",
        "\nPOST /p?a=1 HTTP/3\nHost: h\n\n", "POST /p?a=1 HTTP/2.0\nHost: h"}) {
    const auto got = ReadHttpRequest(text);
    ASSERT_TRUE(got) << text << got.error().message;
    EXPECT_EQ(got->method, "POST") << text;
    EXPECT_EQ(got->target, "/p?a=1") << text;
    EXPECT_EQ(Headers(*got), "Host=h;") << text;
    EXPECT_EQ(got->body, "") << text;
  }
}

TEST(ReadHttpRequest, PutsChunksTogether) {
  const struct {
    const char* body;
    const char* want;
  } rows[] = {
      {"3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n", "abc0123456789"},
      {"3\nabc\n0\n", "abc"},
      {"0\r\n\r\n", ""},
      // Not well-formed: as it is.
      {"abc=1", "abc=1"},
      {"4\nabc\n0\n", "4\nabc\n0"},
      {"9\nabc", "9\nabc"},
      {"3\nabc", "3\nabc"},
      {"3\nabcd\n0\n", "3\nabcd\n0"},
      {"-1\nabc\n0\n", "-1\nabc\n0"},
      {"", ""},
  };
  for (const auto& row : rows) {
    const auto got =
        ReadHttpRequest(std::string("POST / HTTP/1.1\nTransfer-Encoding: Chunked\n\n") + row.body);
    ASSERT_TRUE(got) << row.body;
    EXPECT_EQ(got->body, row.want) << row.body;
  }
}

TEST(ReadHttpRequest, SaysWhichLineIsNone) {
  for (const char* text : {"", "POST /", "POST / SPDY/3", "\n", "{\"a\":1}"}) {
    EXPECT_THAT(ReadHttpRequest(text).error().message, HasSubstr("the first line")) << text;
  }
  EXPECT_THAT(ReadHttpRequest("GET / HTTP/1.1\n{\"a\":1}").error().message,
              HasSubstr("not \"{\"a\":1}\""));
}

TEST(ReadHar, ReadsRequestsAndTheirTimes) {
  const auto got = ReadHar(R"({"log":{"entries":[
    {"startedDateTime":"2023-11-14T22:13:20.5+01:00","request":{"method":"POST",
     "url":"https://h:1/p?a=1#f","headers":[{"name":":path","value":"/p"},{"name":"K","value":"v"}],
     "postData":{"mimeType":"x","text":"b"}}},
    {"request":{"method":"GET","url":"https://h"}}]}})");
  ASSERT_TRUE(got) << got.error().message;
  ASSERT_EQ(got->size(), 2U);
  EXPECT_EQ(got->front().request.target, "/p?a=1");
  EXPECT_EQ(Headers(got->front().request), "K=v;");
  EXPECT_EQ(got->front().request.body, "b");
  EXPECT_EQ(got->front().at, FromUnixMillis(1'699'996'400'500));
  EXPECT_EQ(got->back().request.target, "/");
  EXPECT_EQ(got->back().at, std::nullopt);
}

TEST(ReadHar, ReadsBodiesAsViewersTellThem) {
  const struct {
    const char* post;
    const char* want;
  } rows[] = {
      {R"({"params":[{"name":"a b","value":"c&d~*"},{"name":"e","value":"\u00e9"},{"name":"f"}]})",
       "a+b=c%26d%7E*&e=%C3%A9&f="},
      {R"({"text":"a=1","params":[{"name":"b","value":"2"}]})", "a=1"},
      {R"({"text":"","params":[]})", ""},
      {R"({"text":"eyJhIjoxfQ==","encoding":"base64"})", R"({"a":1})"},
      {R"({"text":"eyJhIjoxfQ=="})", "eyJhIjoxfQ=="},
  };
  for (const auto& row : rows) {
    const auto got = ReadHar(
        std::string(R"({"log":{"entries":[{"request":{"method":"POST","url":"http://h/",)") +
        R"("postData":)" + row.post + "}}]}}");
    ASSERT_TRUE(got) << row.post << got.error().message;
    EXPECT_EQ(got->front().request.body, row.want) << row.post;
  }
}

TEST(ReadHar, RefusesWhatWasExportedShortened) {
  for (const char* request : {
           R"("url":"http://h/p?a=1&signature=0123...")",
           R"("url":"http://h/p?signature=0123...&a=1")",
           R"("url":"http://h/p","headers":[{"name":"x-txc-signature","value":"0123..."}])",
           R"("url":"http://h/p","headers":[{"name":"X-BX-APIKEY","value":"test..."}])",
           R"("url":"http://h/p","postData":{"text":"{\"signature\":\"0123...\",\"a\":1}"})",
           R"("url":"http://h/p","postData":{"text":"a=1&signature=0123..."})",
       }) {
    const auto got = ReadHar(std::string(R"({"log":{"entries":[{"request":{"method":"POST",)") +
                             request + "}}]}}");
    ASSERT_FALSE(got) << request;
    EXPECT_EQ(got.error().message,
              "log.entries[0] was exported shortened; use ocokit ctl har --full");
  }
  EXPECT_TRUE(ReadHar(R"({"log":{"entries":[{"request":{"method":"GET",
    "url":"http://h/p?signature=01&note=...","headers":[{"name":"X","value":"a..."}]}}]}})"));
}

TEST(ReadHar, RefusesWhatIsNoBase64) {
  EXPECT_THAT(ReadHar(R"({"log":{"entries":[{"request":{"method":"POST","url":"http://h/",
    "postData":{"text":"a","encoding":"base64"}}}]}})")
                  .error()
                  .message,
              HasSubstr("log.entries[0].request.postData.text is no base64"));
}

TEST(ReadHar, SaysWhatIsNoHar) {
  EXPECT_THAT(ReadHar("{").error().message, HasSubstr("not JSON"));
  for (const char* text : {"[]", "{}", R"({"log":{"entries":{}}})", R"({"log":[]})"}) {
    EXPECT_THAT(ReadHar(text).error().message, HasSubstr("no HAR")) << text;
  }
  EXPECT_THAT(ReadHar(R"({"log":{"entries":[{}]}})").error().message,
              HasSubstr("log.entries[0] has no request"));
  EXPECT_THAT(ReadHar(R"({"log":{"entries":[{"request":{"url":"/p"}}]}})").error().message,
              HasSubstr("log.entries[0].request must have"));
}

}  // namespace
}  // namespace ocokit::mock
