@echo off
rem Starts tidemark-lake from its application folder. JAVA_HOME chooses the Java, JAVA_OPTS adds options for it.
setlocal
set "HOME_FOLDER=%~dp0.."
set "JAVA=java.exe"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%JAVA%" (
  echo tidemark-lake: Cannot start: JAVA_HOME names no Java. Install a JDK or JRE 17 or newer, or set JAVA_HOME to one 1>&2
  exit /b 1
)
if not defined JAVA_HOME (
  where java.exe >nul 2>nul || (
    echo tidemark-lake: Cannot start: there is no java on the PATH. Install a JDK or JRE 17 or newer, or set JAVA_HOME to one 1>&2
    exit /b 1
  )
)
"%JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto %JAVA_OPTS% -cp "%HOME_FOLDER%\lib\*" dev.tidemark.lake.cli.TidemarkLake %*
exit /b %ERRORLEVEL%
