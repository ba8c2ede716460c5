"""Words for weapons, vehicles, ships and aircraft, and how their models are written."""

from __future__ import annotations

import re

__all__ = ["THINGS", "is_model"]

THINGS = frozenset(
    "gun guns cannon cannons tank tanks aircraft plane planes airplanes bombers helicopters ship "
    "ships vessel vessels boat boats warships warship battleship battleships battlecruiser "
    "battlecruisers cruiser cruisers destroyer destroyers submarine submarines carrier carriers "
    "trireme triremes quinqueremes galley galleys frigate frigates schooner schooners gunboat "
    "gunboats ironclad ironclads sloop sloops transports transport corvette corvettes trawlers "
    "merchantmen freighters tankers minesweepers minelayers minelayer dreadnought dreadnoughts "
    "pre-dreadnought pre-dreadnoughts torpedo-boat torpedo-boats u-boats howitzer howitzers "
    "mortar mortars vehicle vehicles truck trucks wagon wagons carts horses mules camels "
    "elephants stands standards standard colours colors flags flag banners banner eagles machines pieces pounders machine-guns "
    "carronades culverins bombards ballistae catapults junks longships barges rams rockets "
    "missiles jets locomotives horse-carriers half-tracks motorcycles lorries jeeps carriages limbers "
    "fieldpieces field-pieces field-guns sail dhows cogs carracks galleons galleasses galliots brigs "
    "brig cutters steamers steamer monitors tinclads flagships flagship yachts launches pinnaces "
    "men-of-war man-of-war ships-of-the-line fire-ships fireships seaplanes seaplane airships "
    "zeppelins fighters-bombers fighter-bombers biplanes gliders balloons oilers lighters "
    "leviathans quadriremes biremes liburnians siege-engines trebuchets onagers chariots towers "
    "self-propelled panzers shermans stugs apcs howitzer flak craft caissons ambulances trains "
    "floatplanes sidearms pistols carbines machineguns wreck wrecks escort escorts corvette minesweeper "
    "battle-cruisers light-cruisers battle-cruiser e-boats s-boats mtbs landing-craft tugs "
    "whalers drifters sloop catamarans canoes rafts".split()
)
#: models that are written as plurals of a name: ships' classes, aircraft, tanks
_MODELS = frozenset(
    "Spitfires Hurricanes Stukas Messerschmitts Junkers Heinkels Dorniers Zeros Zeroes Wildcats "
    "Hellcats Corsairs Mustangs Thunderbolts Lightnings Fortresses Superfortresses Liberators "
    "Lancasters Mosquitos Mosquitoes Swordfish Avengers Devastators Dauntlesses Vals Kates Bettys "
    "Zekes Shermans Stuarts Churchills Cromwells Matildas Valentines Crusaders Panthers Tigers StuGs "
    "Panzers Ferdinands Elefants Hetzers Marders Pattons Centurions Skyhawks Daggers Mirages Harriers "
    "MiGs Phantoms Hueys Fokkers Albatrosses Camels Sturmoviks Shturmoviks Yaks Lavochkins Typhoons "
    "Tempests Beaufighters Blenheims Wellingtons Halifaxes Stirlings Hampdens Hudsons Catalinas "
    "Sunderlands Warhawks Kittyhawks Airacobras Cobras Abrams Leopards Merkavas Katyushas "
    "Parrotts Napoleons Rodmans Dahlgrens Maxims Gatlings Krupps Vickers Schneiders Condors Sikorskys "
    "Chinooks Exocets Scuds Stingers Nebelwerfers Warspites Kongos Panhards Bradleys "
    "Humvees Landrovers".split()
)
#: "T-34s", "B-17", "109s" of "Bf 109s", "88s", "MiG-15s"
_NUMBERED = re.compile(
    r"[A-Z][A-Za-z]{0,3}-\d{1,3}[A-Z]?s?|\d{2,3}[A-Z]?s|[A-Z][A-Za-z]{0,3}\d{1,3}s"
)


def is_model(word: str) -> bool:
    """Whether a word is the name of a weapon in the plural, or its number."""
    return word in _MODELS or _NUMBERED.fullmatch(word) is not None
