// Lists of collections in Redis, as gn-auth writes them: always whole, without any comparison, with six fields of each
// collection and no others.

const KEY = 'collections2';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export class Lists {
  #redis;

  constructor(redis) {
    this.#redis = redis;
  }

  async read(owner) {
    const list = JSON.parse((await this.#redis.hGet(KEY, owner)) ?? '[]');
    return list.map(parse);
  }

  async write(owner, collections) {
    const list = collections.map((one) => ({ ...one, created: stored(one.created), changed: stored(one.changed) }));
    await this.#redis.hSet(KEY, owner, JSON.stringify(list));
  }

  async remove(owner) {
    await this.#redis.hDel(KEY, owner);
  }
}

/// Fails for the whole list if one collection is incomplete.
function parse({ id, name, created, changed, created_timestamp, changed_timestamp, num_members, members }) {
  return { id, name, created: date(created ?? created_timestamp), changed: date(changed ?? changed_timestamp), num_members, members };
}

/// Reads `Nov 12 2019 03:27PM`, which is UTC.
function date(text) {
  const [, month, day, year, hour, minute, half] = /^(\w{3}) (\d\d) (\d{4}) (\d\d):(\d\d)(AM|PM)$/.exec(text);
  return new Date(Date.UTC(year, MONTHS.indexOf(month), day, (Number(hour) % 12) + (half === 'PM' ? 12 : 0), minute));
}

function stored(at) {
  const two = (number) => String(number).padStart(2, '0');
  const hour = two(at.getUTCHours() % 12 || 12);
  const half = at.getUTCHours() < 12 ? 'AM' : 'PM';
  return `${MONTHS[at.getUTCMonth()]} ${two(at.getUTCDate())} ${at.getUTCFullYear()} ${hour}:${two(at.getUTCMinutes())}${half}`;
}
