// Words of wishes for alerts and digests in other languages, with the English that they are read as.

/**
 * `first`: how such a wish begins; `words`: what else belongs to it; each as `words=English`, the entries divided by ";". `spaced`: false where no
 * spaces stand between words. `lead`: what goes before a wish whose verb stands last, by what the line holds.
 */
export type Glossary = {
  first: string;
  words: string;
  spaced: boolean;
  lead?: readonly (readonly [RegExp, string])[];
};

export const GLOSSARIES: readonly Glossary[] = [
  {
    spaced: true,
    first: `sag mir bescheid,sag bescheid,gib mir bescheid,gib bescheid,benachrichtige mich,benachrichtige uns,alarmiere mich,warne mich,
      schreib mir,melde dich=alert me;sag mir,sagt mir,sag uns,sagen sie mir=tell me;
      zusammenfassung=digest;schick mir,schicke mir,sende mir,schick uns,sende uns,poste=send me;
      zeig mir,zeige mir,zeig,zeige,liste=show me;welche=what are;was sind=what are;
      lösche,lösch,entferne,beende,stoppe,stopp=delete;pausiere,pausier=pause;setze=resume`,
    words: `wenn,falls,sobald=when;zwischen=between;
      alarme,alerts,benachrichtigungen,preisalarme=alerts;alarm,benachrichtigung,preisalarm=alert;
      meine,meinen,mein,unsere=my;alle=all;nummer=number;fort=;habe ich=do i have;
      den kurs von,den preis von,kurs von,preis von=price of;kurs,preis,preise,kurse=price;den,der,die,das,von,bitte=;und=and;
      jeden zweiten=every second;jeden dritten=every third;alle zwei=every two;alle drei=every three;jeden monat=every month;jede stunde=every hour;
      jeden tag,täglich=every day;jeden morgen,morgens=every morning;jeden abend,abends=every evening;
      jeden werktag,werktags=every weekday;jeden montag=every monday;jeden dienstag=every tuesday;jeden mittwoch=every wednesday;
      jeden donnerstag=every thursday;jeden freitag=every friday;jeden samstag=every saturday;jeden sonntag=every sunday;bis,bis zum=until;für=for;tage=days;wochen=weeks;
      montag=monday;dienstag=tuesday;mittwoch=wednesday;donnerstag=thursday;freitag=friday;samstag=saturday;sonntag=sunday;nachmittags=pm`,
  },
  {
    spaced: true,
    first: `préviens-moi,préviens moi,préviens-nous,prévenez-moi,alerte-moi,alerte moi,avertis-moi,avertis moi,notifie-moi=alert me;dis-moi,dites-moi=tell me;
      résumé=digest;envoie-moi,envoie moi,envoyez-moi,envoie-nous,envoie,poste,publie=send me;
      montre-moi,montre moi,montre,affiche,liste=show me;quelles sont=what are;
      supprime,efface,annule,arrête,enlève=delete;mets en pause,suspends=pause;reprends=resume`,
    words: `quand,si,lorsque,dès que=when;entre=between;alertes=alerts;alerte=alert;mes,mon,ma,nos=my;toutes,tous,tout=all;numéro=number;
      le prix de,le prix du,le cours de,le cours du,prix de,cours de=price of;prix,cours=price;le,la,les,l’,de,du=;et=and;
      tous les jours,chaque jour=every day;tous les matins,chaque matin=every morning;tous les soirs,chaque soir=every evening;
      tous les lundis,chaque lundi=every monday;tous les vendredis,chaque vendredi=every friday;du matin=am;du soir=pm;à=at`,
  },
  {
    spaced: true,
    first: `avísame,avisame,avísenme,avisenme,me avisas,avísanos,alértame,alertame,notifícame,notificame,quiero que me avises=alert me;dime=tell me;
      crea una alerta,ponme una alerta,pon una alerta,quiero una alerta=set an alert;
      resumen=digest;mándame,mandame,mándanos,envíame,enviame,envíanos,publica=send me;
      muéstrame,muestrame,muestra,enséñame,lista,ver=show me;cuáles son,cuales son,qué,que=what are;
      qué precio tiene,que precio tiene,cuál es el precio de,cual es el precio de,a qué precio está,a cuánto está,a cuanto esta=price of;
      borra,borrar,bórrame,elimina,eliminar,quita,cancela=delete;pausa,pausar,silencia=pause;reanuda,reactiva=resume;para,detén=stop`,
    words: `cuando,cuándo,si,en cuanto,para cuando=when;suba de,sube de,pase de=rises above;baje de,baja de,caiga de,cae de=falls below;entre=between;alertas,avisos=alerts;alerta,aviso=alert;resúmenes=digests;resumen=digest;
      mis,mi,nuestras=my;todas las,todos los,todas,todos=all;número=number;tengo=do i have;
      el precio de,el precio del,precio de=price of;precio,precios,cotización=price;el,la,los,las,de,del,por favor=;y=and;o=or;
      cada dos=every two;cada tres=every three;cada mes=every month;cada hora=every hour;
      cada día,cada dia,todos los días,todos los dias,a diario=every day;
      cada mañana,todas las mañanas,por la mañana=every morning;cada noche,cada tarde,todas las noches=every evening;
      cada lunes,todos los lunes=every monday;cada martes=every tuesday;cada miércoles=every wednesday;cada jueves=every thursday;
      cada viernes,todos los viernes=every friday;cada sábado=every saturday;cada domingo,todos los domingos=every sunday;hasta=until;durante=for;días=days;semanas=weeks;lunes=monday;martes=tuesday;miércoles=wednesday;jueves=thursday;viernes=friday;
      sábado=saturday;domingo=sunday;de la mañana=am;de la tarde,de la noche=pm;a las,a la=at`,
  },
  {
    spaced: true,
    first: `me avise,me avisa,avise-me,avisa-me,avise me,me avisem,me notifique,notifique-me,me alerte,alerte-me=alert me;me diga,me diz=tell me;
      crie um alerta,cria um alerta,quero um alerta=set an alert;
      resumo=digest;me mande,me manda,mande-me,me envie,me envia,envie-me,envie,poste=send me;
      me mostre,me mostra,mostre-me,mostre,mostra,liste,ver=show me;quais são=what are;
      qual o preço do,qual é o preço do,qual o preço de,quanto está o,quanto custa o=price of;
      apague,apaga,exclua,exclui,delete,remova,cancele=delete;pause,pausa=pause;retome=resume;pare=stop`,
    words: `quando,se,assim que=when;suba de,subir de,passe de=rises above;caia de,cair de,baixar de=falls below;entre=between;alertas=alerts;alerta=alert;resumos=digests;resumo=digest;
      os meus,as minhas,meus,minhas,meu,minha=my;todos os,todas as,todos,todas=all;número=number;tenho=do i have;
      o preço do,o preço de,o preço da,preço do,preço de,o preco do,preco do=price of;preço,preco,cotação=price;o,os,as,do,da,de,por favor=;e=and;
      todo dia,todos os dias,cada dia,diariamente=every day;toda manhã,todas as manhãs,de manhã=every morning;toda noite,toda tarde=every evening;
      toda segunda,toda segunda-feira=every monday;toda terça,toda terça-feira=every tuesday;toda quarta,toda quarta-feira=every wednesday;
      toda quinta,toda quinta-feira=every thursday;toda sexta,toda sexta-feira=every friday;todo sábado=every saturday;todo domingo=every sunday;
      da manhã=am;da tarde,da noite=pm;às=at`,
  },
  {
    spaced: true,
    first: `надішли мені,надсилай мені,пришли мені,присилай мені,відправ мені,відправляй мені,шли мені,скинь мені,надішли,надсилай,відправляй=send me`,
    words: `ціну,ціна,ціни,курс=price;щодня=every day;завтра=tomorrow;сьогодні=today;і,та,й=and;будь ласка=;о,об=at;ранку=am;вечора=pm`,
  },
  {
    spaced: true,
    first: `сообщи мне,сообщи,сообщите,предупреди,предупреди меня,уведоми,уведоми меня,оповести,оповести меня,дай знать,
      напомни=alert me;скажи,скажи мне,напиши,напиши мне=tell me;поставь алерт,создай алерт,создай оповещение,поставь оповещение=set an alert;
      дайджест=digest;присылай,присылай мне,пришли,пришли мне,отправляй,отправляй мне,шли,шли мне=send me;
      покажи мне,покажи,список=show me;какие=what are;
      какая цена,какой курс,какая сейчас цена,сколько стоит,почём=price of;
      удали,убери,отмени,сотри=delete;приостанови,останови=pause;возобнови=resume`,
    words: `когда,если,как только=when;алерты,оповещения,уведомления,напоминания=alerts;алерт,оповещение,уведомление=alert;
      дайджесты=digests;дайджест=digest;мои,мой,моё,мое,наши=my;все=all;номер=number;у меня=do i have;
      цену,цена,цены,курс=price;и=and;пожалуйста=;
      каждый день,ежедневно=every day;каждое утро,по утрам=every morning;каждый вечер,по вечерам=every evening;по будням=every weekday;
      каждый понедельник=every monday;каждый вторник=every tuesday;каждую среду=every wednesday;каждый четверг=every thursday;
      каждую пятницу=every friday;каждую субботу=every saturday;каждое воскресенье=every sunday;в=at;утра=am;вечера=pm`,
  },
  {
    spaced: false,
    lead: [
      [/たら|と(?=教|知|通)/u, 'alert me when'],
      [/毎[朝晩日]|平日/u, 'send me'],
      [/(?:アラート|通知).*(?:削除|消)/u, 'delete my'],
      [/(?:アラート|通知).*(?:停止|止め)/u, 'pause my'],
      [/アラート|通知設定/u, 'show me my'],
    ],
    first: '',
    words: `教えてください,教えて,知らせてください,知らせて,通知してください,通知して,連絡して,送ってください,送って,送信して,投稿して=;
      私の,自分の,わたしの,全部,すべて,全て,一覧,見せてください,見せて,表示して,表示,リスト=;
      削除してください,削除して,削除,消して,一時停止して,一時停止,停止して,止めて,お願いします=;
      アラート,通知設定,通知=alerts;ビットコイン=bitcoin;イーサリアム=ethereum;
      を超えたら,を超えると,を上回ったら,超えたら,以上になったら=above;を下回ったら,下回ったら,以下になったら,を割ったら=below;
      になったら,に達したら,に到達したら=hits;上がったら,上昇したら=rises;下がったら,下落したら=falls;ドル=usd;円=jpy;ユーロ=eur;
      毎朝=every morning;毎晩=every evening;毎日=every day;平日=every weekday;時=:00;の価格,価格,値段=price;が,は,を,に,の,で=`,
  },
  {
    spaced: true,
    first: `stuur me,stuur mij,stuur ons,stuur,zend me,zend mij=send me`,
    words: `de prijs van,de koers van,prijs van,koers van=price of;prijs,koers=price;de,het,van,graag,alsjeblieft=;en=and;dagelijks=every day;
      elke ochtend,iedere ochtend=every morning;elke avond,iedere avond=every evening;
      morgen=tomorrow;vandaag=today;om=at`,
  },
  {
    spaced: true,
    first: `wyślij mi,wysyłaj mi,przyślij mi,przysyłaj mi,podaj mi,wyślij,wysyłaj=send me`,
    words: `cenę,cena,ceny,kurs=price;codziennie=every day;jutro=tomorrow;dziś,dzisiaj=today;i=and;proszę=;o=at;rano=am;wieczorem=pm`,
  },
  {
    spaced: true,
    first: `pošli mi,posílej mi,pošlete mi,posílejte mi,pošli,posílej=send me`,
    words: `cenu,cena,ceny,kurz=price;denně=every day;zítra=tomorrow;dnes=today;a=and;prosím=;v,ve=at;ráno=am;večer=pm`,
  },
  {
    spaced: true,
    first: `skicka mig,skicka till mig,skicka=send me`,
    words: `priset på,kursen på,priset för=price of;priset,pris,kursen=price;dagligen=every day;imorgon,i morgon=tomorrow;idag,i dag=today;och=and;
      tack=;kl,klockan=at`,
  },
  {
    spaced: true,
    first: `kirimkan saya,kirim saya,kirim ke saya,tolong kirim,kirimkan,kirim=send me`,
    words: `harga=price;besok=tomorrow;hari ini=today;dan=and;saya,tolong=;jam,pukul=at;pagi=am;sore,malam=pm`,
  },
  {
    spaced: true,
    first: `gửi cho tôi,gửi cho mình,gửi tôi,gửi mình,gửi=send me`,
    words: `giá của=price of;giá=price;hàng ngày,hằng ngày=every day;hàng tuần,hằng tuần=weekly;ngày mai=tomorrow;hôm nay=today;và=and;
      vào lúc,lúc=at;giờ sáng,sáng=am;giờ chiều,giờ tối,chiều,tối=pm`,
  },
  {
    spaced: true,
    lead: [[/भेज(?:ो|ें|िए|िये|ना| दो| देना)/u, 'send me']],
    first: '',
    words: `भेजो,भेजें,भेजिए,भेजिये,भेजना,भेज दो,भेज देना,मुझे,हमें,कृपया=;की कीमत,का दाम,का भाव,कीमत,दाम,भाव=price;रोज़,रोज,प्रतिदिन=every day;
      कल=tomorrow;आज=today;और=and;सुबह=`,
  },
  {
    spaced: true,
    first: `أرسل لي,ارسل لي,أرسلي لي,ابعث لي,أرسل=send me`,
    words: `سعر,السعر=price;يوميا,يوميًا=every day;غدا,غدًا=tomorrow;اليوم=today;الساعة=at;صباحا,صباحًا=am;مساء,مساءً=pm`,
  },
];
