#include "mock_exchange/account/account_image.h"

namespace ocokit::mock {

AccountImage Account::TakeImage() const {
  AccountImage out;
  out.settings = settings;
  out.rights = rights;
  out.clock = clock.state();
  out.engine = engine.TakeImage();
  out.ids = ids->state();
  out.main_balance = main_balance;
  out.market_data = market_data;
  out.books = books;
  out.prices = prices;
  out.cancel_timers = cancel_timers;
  out.limiter = limiter;
  out.blocks = blocks;
  out.error_flood = error_flood;
  out.bans = bans;
  out.recent_orders = recent_orders;
  out.nonces = nonces;
  out.stream_keys = stream_keys;
  out.faults = faults;
  out.published = published_;
  return out;
}

void Account::Restore(AccountImage image) {
  settings = std::move(image.settings);
  rights = std::move(image.rights);
  clock.Restore(image.clock);
  engine =
      engine::Engine(*options.markets, options.venue == Venue::kWhitebit, std::move(image.engine));
  ids->Restore(image.ids);
  main_balance = std::move(image.main_balance);
  market_data = std::move(image.market_data);
  books = std::move(image.books);
  prices = std::move(image.prices);
  cancel_timers = std::move(image.cancel_timers);
  limiter = std::move(image.limiter);
  blocks = std::move(image.blocks);
  error_flood = std::move(image.error_flood);
  bans = std::move(image.bans);
  recent_orders = std::move(image.recent_orders);
  nonces = std::move(image.nonces);
  stream_keys = std::move(image.stream_keys);
  faults = std::move(image.faults);
  published_ = image.published;
  frames.Clear();
  ++marks_.lives;
}

}  // namespace ocokit::mock
