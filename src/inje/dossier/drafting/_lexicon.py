"""Closed word lists of the rules: offices, kinds of forces, features of the land.

The lists hold words of the language, never names of this or that battle. `POLITIES` maps
adjectives and inhabitants to the state they belong to, for states that have fought.
"""

from __future__ import annotations

__all__ = [
    "CONNECTORS",
    "DEMONYM",
    "EVENT_HEADS",
    "FEATURES",
    "FIGHTERS",
    "FORCE_NOUNS",
    "FORCE_QUALIFIERS",
    "GROUP_HEADS",
    "INHABITANTS",
    "LED_BY",
    "MONTHS",
    "NAMED_FORCES",
    "NOT_NAMES",
    "OFFICES",
    "PLACE_CUES",
    "POLITIES",
    "RAISED_BY",
    "RAISED_FOLK",
    "RAISED_SHORT",
    "RANKS",
    "SAME_STATE",
    "SETTLEMENTS",
    "SHIP_PREFIXES",
    "UNIT_HEADS",
]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MONTHS = _set(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep "
    "Sept Oct Nov Dec Spring Summer Autumn Winter Christmas Easter"
)
#: between a force and the one who commands it, as a regular expression without a group
LED_BY = "under|commanded by|led by|headed by"

RANKS = _set(
    "General Colonel Major Captain Lieutenant Brigadier Marshal Field Admiral Vice Rear Commodore "
    "Commander Sergeant Corporal Gen Col Maj Capt Lt Brig Adm Cdr Comdr Cmdr Flag-Officer Sir Lord "
    "Lady King Queen Prince Princess Emperor Empress Tsar Czar Sultan Shah Duke Earl Count Baron "
    "Viscount Marquis Marquess Pasha Bey Khan Emir Amir Sheikh Caliph Pope Bishop Archbishop Saint "
    "President Chancellor Minister Premier Governor Senator Ambassador Secretary Consul Praetor "
    "Legate Tribune Archduke Grand Crown Elector Prince-Bishop Ras Negus Dejazmach Raja Maharaja Kaiser "
    "Nawab Daimyo Shogun Hetman Voivode Ataman Comrade Mr Mrs Dr Professor Chief Generals Admirals "
    "Prime Colonels Majors Lieutenant-General Major-General Lieutenant-Colonel "
    "Brigadier-General Ayatollah Rear-Admiral Vice-Admiral Lieutenant-Commander Field-Marshal "
    "Kapitän Kapitänleutnant Korvettenkapitän Fregattenkapitän Oberleutnant Leutnant Hauptmann Oberst "
    "Generalmajor Generalleutnant Generaloberst Generalfeldmarschall Feldmarschall Rittmeister "
    "Air-Marshal Wing-Commander Sergeant-Major Captain-General Colonel-General Viceroy Doge Landgrave "
    "Margrave Grand-Duke Burgrave Stadtholder Regent Dauphin Infante Generalissimo Lieutenant-Governor"
)
#: lower-case words for what somebody is; the head of a role
OFFICES = _set(
    "commander leader minister president king queen emperor chief general head governor secretary "
    "chancellor premier ruler captain admiral marshal colonel chairman ambassador spokesman deputy "
    "sultan shah prince duke consul historian chronicler author journalist officer commissar envoy "
    "commander-in-chief founder dictator tsar regent mayor pope bishop warlord chieftain adviser "
    "advisor diplomat senator politician"
)
GROUP_HEADS = _set(
    "Government Governments Party Army Armies Force Forces Division Divisions Corps Brigade "
    "Brigades "
    "Regiment Regiments Battalion Battalions Committee Congress Assembly Ministry Navy Fleet "
    "Squadron "
    "Coalition League Union Confederacy Alliance Council Parliament Senate Federation Organization "
    "Organisation Guard Guards Legion Legions Militia Command Group Front Movement Company "
    "Artillery "
    "Cavalry Infantry Troops Militias Volunteers Rangers Marines Academy Bureau Agency Court "
    "Cabinet "
    "Commission Commune Dictatorship Soviet Powers Allies Axis Entente Nations Brotherhood Order "
    "Luftwaffe Wehrmacht Reichswehr Bundeswehr Staff Headquarters Police Gendarmerie Horde "
    "Tribe Clan "
    "Dynasty Society Association Institute Flotilla Wing Detachment Reserve Reserves Battery "
    "Expedition Garrison Regime Authority Republicans Nationalists Royalists Rebels Legionnaires "
    "Agencies Intelligence Government-in-exile Panzergruppe Batteries"
)
FORCE_NOUNS = _set(
    "army armies forces force troops soldiers men units unit detachment detachments division "
    "divisions "
    "brigade brigades regiment regiments battalion battalions corps fleet navy squadron cavalry "
    "infantry artillery garrison garrisons militia militias volunteers volunteer fighters "
    "guerrillas "
    "rebels insurgents partisans warriors knights archers marines sailors paratroopers guards "
    "guard "
    "column columns contingent contingents command expedition positions position defenders "
    "attackers "
    "government governments agencies agency authorities regime administration party leadership "
    "rule "
    "warships ships squadrons battery batteries levies auxiliaries tribesmen legions legion "
    "hoplites "
    "phalanx police gendarmes gendarmerie commanders officers generals crews airmen settlers "
    "colonists "
    "revolutionaries intelligence delegation court side line lines tanks personnel"
)
FORCE_QUALIFIERS = _set(
    "military armed land naval air ground government regular irregular main royal imperial "
    "national "
    "infantry cavalry artillery expeditionary allied colonial militia special intelligence "
    "security "
    "defending attacking advancing retreating combined light heavy armoured armored mounted field "
    "army volunteer reserve rear front central troops secret covering remaining surviving "
    "provisional"
)
#: nouns for people who fight, used with numbers
FIGHTERS = _set(
    "men soldiers troops volunteers infantry infantrymen cavalry cavalrymen horsemen horse foot "
    "personnel fighters guerrillas warriors knights archers sailors marines people officers guards "
    "rebels militia militiamen hoplites legionaries regulars paratroopers combatants defenders "
    "attackers insurgents riflemen tribesmen effectives strong lancers hussars dragoons grenadiers "
    "gunners auxiliaries levies mercenaries partisans airmen crewmen seamen crew recruits "
    "conscripts legionnaires sepoys commandos janissaries spearmen bowmen crossbowmen musketeers pikemen "
    "cuirassiers samurai gendarmes policemen swordsmen slingers gunmen militants"
)
#: heads of names of units, of which every army has some
UNIT_HEADS = _set(
    "Army Armies Corps Division Divisions Brigade Brigades Regiment Regiments Battalion Battalions "
    "Squadron Squadrons Fleet Flotilla Flotillas Wing Group Panzergruppe Luftflotte Fliegerkorps Front"
)
EVENT_HEADS = _set(
    "Battle Battles War Wars Crisis Campaign Campaigns Siege Treaty Operation Revolution Raid "
    "Conflict "
    "Uprising Rebellion Revolt Insurrection Offensive Expedition Armistice Conference Convention "
    "Massacre Incident Skirmish Action Engagement Invasion Coup Mutiny Agreement Pact Declaration "
    "Accord Peace Act Constitution Proclamation Plan Book Series Press University"
)
FEATURES = _set(
    "River Creek Hill Hills Mountain Mountains Mount Ridge Valley Island Islands Bay Gulf Lake Sea "
    "Ocean Strait Straits Channel Coast Peninsula Cape Point Pass Passes Gap Bridge Road "
    "Street Fort "
    "Castle Church Station Landing Ford Ferry Plain Plains Desert Forest Woods Field Fields "
    "Crossroads "
    "Junction County Province District Region City Town Village Parish Department Governorate "
    "Oblast "
    "Heights Harbor Harbour Port Canal Bank Plantation Farm House Run Springs Swamp Marsh Railroad "
    "Railway Line Shore Beach Atoll Lagoon Delta Basin Plateau Mill Camp Tower Gate Turnpike Pike "
    "Courthouse Depot Bend Bluff Hollow Knob Grove Orchard State Territory Square Airport Airfield"
)
SETTLEMENTS = _set(
    "village villages city cities town towns hamlet hamlets fortress fort port river creek "
    "hill hills "
    "mountain mountains island islands region province district area county capital road roads "
    "bridge "
    "valley pass station ridge castle suburb outskirts crossroads harbour harbor plain fields "
    "plateau"
)
PLACE_CUES = _set(
    "in at near from to toward towards around outside inside into through throughout across over "
    "between off beyond above below along via within besieged captured occupied seized reached "
    "entered "
    "outside of"
)
CONNECTORS = _set("of the de la le von van der den bin ibn al el du di da del dos das y zu zur")
NOT_NAMES = _set(
    "The A An This That These Those In On At By For From To With Without During After Before Since "
    "Until When While Where As If But And Or However Therefore Thus Although Though Despite "
    "According "
    "He She They It We I You His Her Their Its Our My Your Who Which What Both Each All Some "
    "Most Many "
    "Several Few Other Others Another One Two Three Four Five Six Seven Eight Nine Ten Early Late "
    "Meanwhile Simultaneously Later Then There Here Under Over About Upon Between Among Within "
    "Against "
    "Because Due Following Initially Finally Eventually Subsequently Soon Once Even Only Not "
    "No Nor "
    "Instead Rather Yet Still Also Additionally Moreover Furthermore Consequently Hence "
    "Likewise So "
    "Such Very More Less Much First Second Third Fourth Next Last Military Clashes Total Estimated "
    "Approximately Nearly Almost Around Unknown Light Heavy Decisive Tactical Strategic "
    "Victory Result "
    "Casualties Losses Strength Date Location Commanders Belligerents Armies Men Attacks "
    "Elements Fire "
    "Left Right Union-held Casualty Modern Today Historian Historians Neither Either Given "
    "Having Being "
    "Seeing Using Taking Starting Beginning Throughout Outnumbered Cut Forces Troops Along "
    "Behind Near "
    "Across Toward Towards Off Out Up Down Into Through At-last Shortly Immediately Apart "
    "Except Like "
    "Unlike Whereas Whether Every Any None Nothing Everyone Just Well Long Short Part Parts Half "
    "Although Ordered Defeated Realizing Hearing Knowing Fearing Believing Cavalry Infantry "
    "Artillery "
    "Sources Reports Estimates Elections Collisions Background Aftermath Prelude Collision AD "
    "BC BCE "
    "CE AM PM OS NS Had Was Were Did Would Could Should Has Have Is Are Do Does Will May "
    "Contemporary Ancient Medieval Archaeological Evidence Accounts Confusion "
    "Control"
)
_POLITIES = """
Iran: Iranian Iranians Persian Persians; Azerbaijan: Azerbaijani Azerbaijanis Azeri Azeris;
Israel: Israeli Israelis; Jordan: Jordanian Jordanians; Palestine: Palestinian Palestinians;
Egypt: Egyptian Egyptians; Syria: Syrian Syrians; Iraq: Iraqi Iraqis; Turkey: Turkish Turks;
Ottoman Empire: Ottoman Ottomans; Russia: Russian Russians; Soviet Union: Soviet Soviets;
Germany: German Germans; France: French Frenchmen; Britain: British Briton Britons;
England: English Englishmen; Scotland: Scottish Scots; Ireland: Irish Irishmen; Wales: Welsh;
Spain: Spanish Spaniards; Portugal: Portuguese; Italy: Italian Italians; Austria: Austrian Austrians;
Hungary: Hungarian Hungarians; Poland: Polish Poles; Prussia: Prussian Prussians;
Bavaria: Bavarian Bavarians; Saxony: Saxon Saxons; Sweden: Swedish Swedes; Denmark: Danish Danes;
Norway: Norwegian Norwegians; Finland: Finnish Finns; Netherlands: Dutch Dutchmen;
Belgium: Belgian Belgians; Switzerland: Swiss; Greece: Greek Greeks; Serbia: Serbian Serbs;
Bulgaria: Bulgarian Bulgarians; Romania: Romanian Romanians; Albania: Albanian Albanians;
Croatia: Croatian Croats; Bosnia: Bosnian Bosniaks; Ukraine: Ukrainian Ukrainians;
Georgia: Georgian Georgians; Armenia: Armenian Armenians; Ethiopia: Ethiopian Ethiopians Abyssinian;
Eritrea: Eritrean Eritreans; Somalia: Somali Somalis; Kenya: Kenyan Kenyans; Sudan: Sudanese;
South Africa: South-African Boer Boers; Zulu Kingdom: Zulu Zulus; Morocco: Moroccan Moroccans;
Algeria: Algerian Algerians; Tunisia: Tunisian Tunisians; Libya: Libyan Libyans;
China: Chinese; Japan: Japanese; Korea: Korean Koreans; North Korea: North-Korean North-Koreans;
South Korea: South-Korean South-Koreans; North Vietnam: North-Vietnamese; South Vietnam: South-Vietnamese;
East Germany: East-German East-Germans; West Germany: West-German West-Germans; Vietnam: Vietnamese; India: Indian Indians;
Pakistan: Pakistani Pakistanis; Afghanistan: Afghan Afghans; Nepal: Nepalese Gurkha;
Mongol Empire: Mongol Mongols Mongolian; Argentina: Argentine Argentines Argentinian Argentinians;
Brazil: Brazilian Brazilians; Chile: Chilean Chileans; Peru: Peruvian Peruvians;
Bolivia: Bolivian Bolivians; Paraguay: Paraguayan Paraguayans; Mexico: Mexican Mexicans;
Texas: Texian Texians Texan Texans; United States: American Americans US U.S.;
Union: Federal Federals Yankee Yankees; Confederate States: Confederate Confederates Rebel CS;
Canada: Canadian Canadians; Australia: Australian Australians; New Zealand: New-Zealander;
Rome: Roman Romans; Byzantine Empire: Byzantine Byzantines; Carthage: Carthaginian Carthaginians;
Athens: Athenian Athenians; Sparta: Spartan Spartans Lacedaemonian; Macedon: Macedonian Macedonians;
Thebes: Theban Thebans; Gaul: Gallic Gauls; Goths: Gothic Goth; Huns: Hunnic Hun; Franks: Frankish;
Normandy: Norman Normans; Venice: Venetian Venetians; Genoa: Genoese; Lombardy: Lombard Lombards;
Flanders: Flemish; Burgundy: Burgundian Burgundians; Castile: Castilian Castilians;
Aragon: Aragonese; Moors: Moorish; Arabs: Arab Arabian; Seljuk Empire: Seljuk Seljuks;
Mughal Empire: Mughal Mughals; Maratha Empire: Maratha Marathas; Sikh Empire: Sikh Sikhs;
Holy Roman Empire: Imperial Imperials; Habsburg Monarchy: Habsburg Austro-Hungarian;
Yugoslavia: Yugoslav Yugoslavs; Czechoslovakia: Czechoslovak Czech Czechs; Slovakia: Slovak Slovaks;
Cuba: Cuban Cubans; Philippines: Filipino Filipinos Philippine; Indonesia: Indonesian Indonesians;
Cyprus: Cypriot Cypriots; Lebanon: Lebanese; Kuwait: Kuwaiti Kuwaitis; Yemen: Yemeni Yemenis;
Saudi Arabia: Saudi Saudis; Kurds: Kurdish Kurd; Nigeria: Nigerian Nigerians;
United Kingdom: UK; York: Yorkist Yorkists; Lancaster: Lancastrian Lancastrians;
Parliament: Parliamentarian Parliamentarians Roundheads; Royalist: Royalists Cavaliers;
Jacobite: Jacobites; Bolshevik: Bolsheviks; Nazi Germany: Nazi Nazis; Axis: Axis; Allied: Allies;
Cossacks: Cossack; Cherokee: Cherokees; Sioux: Lakota; Comanche: Comanches; Apache: Apaches; Cheyenne: Cheyennes; Arapaho: Arapahos; Kiowa: Kiowas; Iroquois: Mohawk Mohawks Seneca Senecas; Shawnee: Shawnees; Creek Nation: Creeks; Seminole: Seminoles;
Ashanti Empire: Ashanti Asante; Maori: Maoris; Mamluk Sultanate: Mamluk Mamluks Mameluke Mamelukes;
Hussites: Hussite; Teutonic Order: Teutonic; Vikings: Viking; Picts: Pictish; Tatars: Tatar;
Safavid Empire: Safavid Safavids; Timurid Empire: Timurid Timurids; Inca Empire: Inca Incas;
Aztec Empire: Aztec Aztecs; Taliban: Taliban; Chechnya: Chechen Chechens; Tamil Tigers: Tamil;
Khmer Rouge: Khmer; Cambodia: Cambodian Cambodians; Laos: Laotian Laotians; Siam: Siamese; Thailand: Thai Thais;
Burma: Burmese; Malaya: Malayan; Malaysia: Malaysian Malaysians; Rwanda: Rwandan Rwandans;
Uganda: Ugandan Ugandans; Tanzania: Tanzanian Tanzanians; Congo: Congolese; Angola: Angolan Angolans;
Mozambique: Mozambican Mozambicans; Rhodesia: Rhodesian Rhodesians; Ecuador: Ecuadorian Ecuadorians;
Colombia: Colombian Colombians; Venezuela: Venezuelan Venezuelans; Uruguay: Uruguayan Uruguayans;
Nicaragua: Nicaraguan Nicaraguans; El Salvador: Salvadoran Salvadorans; Honduras: Honduran Hondurans;
Haiti: Haitian Haitians; Abbasid Caliphate: Abbasid Abbasids; Umayyad Caliphate: Umayyad Umayyads;
Fatimid Caliphate: Fatimid Fatimids; Ayyubid Sultanate: Ayyubid Ayyubids; Almohad Caliphate: Almohad Almohads;
Almoravid Empire: Almoravid Almoravids; Assyria: Assyrian Assyrians; Babylon: Babylonian Babylonians;
Hittite Empire: Hittite Hittites; Parthia: Parthian Parthians; Sasanian Empire: Sasanian Sasanians Sassanid Sassanids;
Seleucid Empire: Seleucid Seleucids; Ptolemaic Kingdom: Ptolemaic; Syracuse: Syracusan Syracusans;
Corinth: Corinthian Corinthians; Samnites: Samnite; Etruscans: Etruscan; Vandals: Vandal; Visigoths: Visigothic Visigoth;
Ostrogoths: Ostrogothic Ostrogoth; Avars: Avar; Bulgars: Bulgar; Muscovy: Muscovite Muscovites;
Novgorod: Novgorodian Novgorodians; Lithuania: Lithuanian Lithuanians; Livonia: Livonian Livonians;
Estonia: Estonian Estonians; Latvia: Latvian Latvians; Moldavia: Moldavian Moldavians; Wallachia: Wallachian Wallachians;
Transylvania: Transylvanian Transylvanians; Montenegro: Montenegrin Montenegrins; Papal States: Papal;
Naples: Neapolitan Neapolitans; Sicily: Sicilian Sicilians; Milan: Milanese; Florence: Florentine Florentines;
Pisa: Pisan Pisans; Piedmont: Piedmontese; Sardinia: Sardinian Sardinians; Hanover: Hanoverian Hanoverians;
Hesse: Hessian Hessians; Bohemia: Bohemian Bohemians; Brittany: Breton Bretons; Anjou: Angevin Angevins;
Navarre: Navarrese; Manchukuo: Manchu Manchus; Rajputs: Rajput; Mysore: Mysorean Mysoreans
"""
POLITIES: frozenset[str]
#: adjective or inhabitant -> state
DEMONYM: dict[str, str] = {}
#: plural inhabitants: a group by themselves
INHABITANTS: frozenset[str]


def _read_polities() -> tuple[frozenset[str], frozenset[str]]:
    states, plural = set(), set()
    for entry in _POLITIES.replace("\n", " ").split(";"):
        state, _, forms = entry.strip().partition(":")
        states.add(state)
        for form in (written for one in forms.split() for written in {one, one.replace("-", " ")}):
            DEMONYM[form] = state
            if form.endswith(("s", "men", "ese", "ish", "Dutch", "ch")) and form not in (
                "US",
                "CS",
            ):
                plural.add(form)
    return frozenset(states | {"USSR", "USA", "UK"}), frozenset(plural)


POLITIES, INHABITANTS = _read_polities()
#: names of one state in different words
SAME_STATE = {
    "Britain": "United Kingdom",
    "Great Britain": "United Kingdom",
    "UK": "United Kingdom",
    "USSR": "Soviet Union",
    "USA": "United States",
    "Nazi Germany": "Germany",
}
DEMONYM.update(
    {
        "USSR": "Soviet Union",
        "USA": "United States",
        "CSA": "Confederate States",
        "Confederacy": "Confederate States",
        "Wehrmacht": "Germany",
        "Luftwaffe": "Germany",
        "Kriegsmarine": "Germany",
        "Reich": "Germany",
    }
)
#: states that raised regiments: "the 5th Iowa", "26th North Carolina"
RAISED_BY = {
    "Union": _set(
        "Maine Vermont Massachusetts Connecticut Ohio Indiana Illinois Michigan Wisconsin Iowa "
        "Minnesota Kansas Pennsylvania Hampshire York Jersey Island Delaware California"
    ),
    "Confederate States": _set(
        "Virginia Carolina Georgia Alabama Mississippi Louisiana Texas Florida Arkansas"
    ),
}
#: what the men of such regiments are called, and how their states are written for short
RAISED_FOLK = {
    "Union": _set(
        "Yorkers Pennsylvanians Ohioans Hoosiers Indianans Illinoisans Michiganders Michiganians Iowans "
        "Wisconsinites Vermonters Minnesotans Jerseyans Jerseymen Kansans Mainers Yankees Bluecoats"
    ),
    "Confederate States": _set(
        "Virginians Carolinians Georgians Alabamians Alabamans Mississippians Louisianians Louisianans "
        "Texans Floridians Arkansans Southerners Rebs Secessionists"
    ),
}
RAISED_SHORT = {
    "Union": _set("ME NH VT MA RI CT NY NJ PA DE OH IN IL MI WI IA MN KS CA WV USCT"),
    "Confederate States": _set("VA NC SC GA AL MS LA TX FL AR"),
}
#: forces known by a name that says no state
NAMED_FORCES = {
    "Red Army": "Soviet Union", "Red Air Force": "Soviet Union", "Black Sea Fleet": "Russia",
    "Royal Navy": "United Kingdom", "Royal Air Force": "United Kingdom", "RAF": "United Kingdom",
    "Royal Marines": "United Kingdom", "Grand Fleet": "United Kingdom", "BEF": "United Kingdom",
    "British Expeditionary Force": "United Kingdom", "Eighth Army": "United Kingdom",
    "High Seas Fleet": "Germany", "Afrika Korps": "Germany", "Waffen-SS": "Germany",
    "Afrikakorps": "Germany", "Grande Armée": "France", "Grand Army": "France",
    "Armée du Nord": "France", "Continental Army": "United States",
    "Continental Congress": "United States", "Marine Corps": "United States",
    "Army of the Potomac": "Union", "Army of the Cumberland": "Union",
    "Army of the Tennessee": "Union", "Army of the Ohio": "Union",
    "Army of Northern Virginia": "Confederate States",
    "Army of Tennessee": "Confederate States", "Kwantung Army": "Japan",
    "Combined Fleet": "Japan", "Viet Minh": "Vietnam", "Viet Cong": "Vietnam",
    "New Model Army": "Parliament", "Ever Victorious Army": "China",
    "People's Liberation Army": "China", "Haganah": "Israel", "Palmach": "Israel",
    "Free French": "France", "Old Guard": "France", "Praetorian Guard": "Rome",
    "Varangian Guard": "Byzantine Empire",
}  # fmt: skip
#: "HMS Warspite": whose navy a ship is of
SHIP_PREFIXES = {
    "HMS": "United Kingdom", "HMAS": "Australia", "HMCS": "Canada", "HMNZS": "New Zealand",
    "USS": "United States", "CSS": "Confederate States", "SMS": "Germany", "IJN": "Japan",
    "ARA": "Argentina", "INS": "Israel",
}  # fmt: skip
