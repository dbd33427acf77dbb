"""Timestamps of the reference decoder, written from docs/timestamps.md alone."""

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December"]
WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
ZONES = """
    UTC GMT CET CEST MET MEST EET EEST WET WEST BST IST MSK TRT EST EDT CST CDT MST MDT
    PST PDT AKST AKDT HST AST ADT NST NDT BRT ART CLT COT PET JST KST HKT SGT PKT NPT
    WIB PHT AWST ACST ACDT AEST AEDT NZST NZDT SAST CAT EAT WAT GST AZT UZT ICT MYT SST CHST
    """.split()
FIELDS = """
    %Y %y  %m %_m %-m  %b %^b %#b %B  %d %_d %-d  %a %^a %#a %A
    %H %_H %-H  %I %_I %-I  %M %-M  %S %-S  %-L  %p %P  %z %:z %:::z
    %Z  %s  %1f %2f %3f %4f %5f %6f %7f %8f %9f
    %.1f %.2f %.3f %.4f %.5f %.6f %.7f %.8f %.9f
    %,1f %,2f %,3f %,4f %,5f %,6f %,7f %,8f %,9f
    """.split()


def civil(day):
    """Year, month and day of a number of days since 1970-01-01, in the Gregorian calendar."""
    day += 719468  # since 0000-03-01
    era, day = divmod(day, 146097)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    day -= 365 * year + year // 4 - year // 100
    month = (5 * day + 2) // 153
    day -= (153 * month + 2) // 5
    return era * 400 + year + (month >= 10), month + 3 if month < 10 else month - 9, day + 1


def padded(value, pad):
    """Two places: zeros, spaces or neither."""
    return {"": "%02d", "_": "%2d", "-": "%d"}[pad] % value


def cased(name, flag):
    """The first three letters of a name, in the case that the flag of its field asks for."""
    return {"": name[:3], "^": name[:3].upper(), "#": name[:3].lower()}[flag]


class TimestampFormat:
    """A format: literals and fields."""

    def __init__(self, code):
        self.parts = []
        for byte in code:
            if byte >= 0x80:
                self.parts.append(FIELDS[byte - 0x80])
            else:
                assert byte == 0x09 or 0x20 <= byte <= 0x7e and byte != 0x25, "no literal"
                self.parts.append(chr(byte))
        fields = [part for part in self.parts if len(part) > 1]
        kinds = [part[-1] for part in fields]
        self.digits = 0
        for part in fields:
            if part[-1] == "f":
                self.digits = int(part[-2])
            elif part[-1] == "L":
                self.digits = 3
        self.epoch = "s" in kinds
        self.year = "Y" in kinds or "y" in kinds
        self.seconds = "S" in kinds
        self.time = "H" in kinds or "I" in kinds

    def render(self, ticks, extra):
        fraction = second = 0
        day = ticks
        if self.epoch or self.seconds:
            second, fraction = divmod(ticks, 10 ** self.digits)
        elif self.time:
            second = 60 * ticks
        if self.epoch:
            return "".join(self.write(part, {"s": second, "fraction": fraction})
                           for part in self.parts)
        if self.time:
            day, second = divmod(second, 86400)
        year, month, month_day = civil(day)
        zone, rest = extra % 2880, extra // 2880
        values = {
            "Y": year, "m": month, "d": month_day,
            "a": (day + 4) % 7 if self.year else rest // 64,
            "H": second // 3600, "M": second // 60 % 60, "S": second % 60,
            "fraction": fraction, "z": zone, "Z": rest % 64,
        }
        return "".join(self.write(part, values) for part in self.parts)

    def write(self, part, values):
        if len(part) == 1:
            return part
        flag, kind = part[1:-1], part[-1]
        if kind == "Y":
            return "%04d" % values["Y"]
        if kind == "y":
            return "%02d" % (values["Y"] % 100)
        if kind in "mdHMS":
            return padded(values[kind], flag)
        if kind == "I":
            return padded((values["H"] + 11) % 12 + 1, flag)
        if kind == "b":
            return cased(MONTHS[values["m"] - 1], flag)
        if kind == "B":
            return MONTHS[values["m"] - 1]
        if kind == "a":
            return cased(WEEKDAYS[values["a"]], flag)
        if kind == "A":
            return WEEKDAYS[values["a"]]
        if kind in "pP":
            half = "PM" if values["H"] >= 12 else "AM"
            return half if kind == "p" else half.lower()
        if kind == "L":
            return "%d" % values["fraction"]
        if kind == "f":
            digits = "%0*d" % (self.digits, values["fraction"])
            if flag[0] not in ".,":
                return digits
            digits = digits.rstrip("0")
            return flag[0] + digits if digits else ""
        if kind == "z":
            hours, minutes = divmod(values["z"] // 2, 60)
            sign = "-" if values["z"] % 2 else "+"
            return sign + {"": "%02d%02d" % (hours, minutes), ":": "%02d:%02d" % (hours, minutes),
                           ":::": "%02d" % hours}[flag]
        if kind == "Z":
            return ZONES[values["Z"]]
        assert kind == "s"
        return "%010d" % values["s"]
